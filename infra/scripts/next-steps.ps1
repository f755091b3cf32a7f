# After a deployment: what to do next, with this deployment's names in it. azd passes its environment. As next-steps.sh.
Write-Output @"

Changeling is deployed as $env:SERVICE_SCORER_NAME in $env:AZURE_RESOURCE_GROUP. It learns for 24 hours; until then findings are notes.

  send a file of telemetry    changeling send FILE --namespace $env:EVENTHUB_NAMESPACE --hub $env:TELEMETRY_HUB
  watch what it finds         changeling tail --namespace $env:EVENTHUB_NAMESPACE --hub $env:DETECTIONS_HUB
  which model scores          changeling models list --account $env:STORAGE_ACCOUNT
  what is wrong at three      docs/operations.md

('changeling' is dotnet run --project src/Cli --; you need the roles of an operator: docs/deploy.md.)
"@
