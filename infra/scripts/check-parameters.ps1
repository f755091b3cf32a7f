# Before anything is made: what would fail half-way, in one sentence each. azd passes its environment. As check-parameters.sh.
$ErrorActionPreference = 'Stop'

function Fail($sentence) {
  [Console]::Error.WriteLine("Changeling: $sentence")
  exit 1
}

if ($env:EXISTING_NAMESPACE -and -not $env:EXISTING_NAMESPACE_RESOURCE_GROUP) {
  Fail 'EXISTING_NAMESPACE is set, but not its resource group: azd env set EXISTING_NAMESPACE_RESOURCE_GROUP NAME'
}

$tier = if ($env:EVENTHUBS_TIER) { $env:EVENTHUBS_TIER } else { 'Standard' }
$hours = if ($env:RETENTION_HOURS) { [int]$env:RETENTION_HOURS } else { 72 }
if ($tier -eq 'Standard' -and $hours -gt 168) {
  Fail "a Standard namespace keeps messages for at most 168 hours, not ${hours}: azd env set RETENTION_HOURS 168, or EVENTHUBS_TIER Premium"
}

if ($env:SENTINEL_WORKSPACE_ID -and $env:SENTINEL_WORKSPACE_ID -notlike '/subscriptions/*/resourceGroups/*/providers/Microsoft.OperationalInsights/workspaces/*') {
  Fail 'SENTINEL_WORKSPACE_ID is not the resource id of a workspace: azd env set SENTINEL_WORKSPACE_ID /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.OperationalInsights/workspaces/NAME'
}

# The templates' namespaces are registered by the deployment itself; the one behind Flex Consumption's networks is not named there.
if ((Get-Command az -ErrorAction SilentlyContinue) -and $env:AZURE_SUBSCRIPTION_ID) {
  az provider register --namespace Microsoft.App --subscription $env:AZURE_SUBSCRIPTION_ID *> $null
  if ($LASTEXITCODE -ne 0) {
    [Console]::Error.WriteLine('Changeling: the provider Microsoft.App could not be registered; an owner of the subscription can: az provider register --namespace Microsoft.App')
  }
}

exit 0
