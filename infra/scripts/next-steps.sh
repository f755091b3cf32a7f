#!/bin/sh
# After a deployment: what to do next, with this deployment's names in it. azd passes its environment.
set -eu
cat <<TEXT

Changeling is deployed as ${SERVICE_SCORER_NAME:-?} in ${AZURE_RESOURCE_GROUP:-?}. It learns for 24 hours; until then findings are notes.

  send a file of telemetry    changeling send FILE --namespace ${EVENTHUB_NAMESPACE:-?} --hub ${TELEMETRY_HUB:-?}
  watch what it finds         changeling tail --namespace ${EVENTHUB_NAMESPACE:-?} --hub ${DETECTIONS_HUB:-?}
  which model scores          changeling models list --account ${STORAGE_ACCOUNT:-?}
  what is wrong at three      docs/operations.md

('changeling' is dotnet run --project src/Cli --; you need the roles of an operator: docs/deploy.md.)
TEXT
