#!/bin/sh
# Before anything is made: what would fail half-way, in one sentence each. azd passes its environment.
set -eu

fail() {
  echo "Changeling: $1" >&2
  exit 1
}

if [ -n "${EXISTING_NAMESPACE:-}" ] && [ -z "${EXISTING_NAMESPACE_RESOURCE_GROUP:-}" ]; then
  fail "EXISTING_NAMESPACE is set, but not its resource group: azd env set EXISTING_NAMESPACE_RESOURCE_GROUP NAME"
fi

if [ "${EVENTHUBS_TIER:-Standard}" = Standard ] && [ "${RETENTION_HOURS:-72}" -gt 168 ]; then
  fail "a Standard namespace keeps messages for at most 168 hours, not ${RETENTION_HOURS}: azd env set RETENTION_HOURS 168, or EVENTHUBS_TIER Premium"
fi

# The portal shows ids in capital or in small letters.
case "$(printf '%s' "${SENTINEL_WORKSPACE_ID:-}" | tr '[:upper:]' '[:lower:]')" in
  '' | /subscriptions/*/resourcegroups/*/providers/microsoft.operationalinsights/workspaces/*) ;;
  *) fail "SENTINEL_WORKSPACE_ID is not the resource id of a workspace: azd env set SENTINEL_WORKSPACE_ID /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.OperationalInsights/workspaces/NAME" ;;
esac

# The templates' namespaces are registered by the deployment itself; the one behind Flex Consumption's networks is not named there.
if command -v az >/dev/null 2>&1 && [ -n "${AZURE_SUBSCRIPTION_ID:-}" ]; then
  az provider register --namespace Microsoft.App --subscription "$AZURE_SUBSCRIPTION_ID" >/dev/null 2>&1 ||
    echo "Changeling: the provider Microsoft.App could not be registered; an owner of the subscription can: az provider register --namespace Microsoft.App" >&2
fi
