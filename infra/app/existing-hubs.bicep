// A namespace that is there already: only what Changeling needs is added to it, nothing of it is changed.
param namespaceName string
param telemetryHub string
param detectionsHub string
param consumerGroup string
param createDetectionsHub bool

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: namespaceName

  resource telemetry 'eventhubs' existing = {
    name: telemetryHub

    resource group 'consumergroups' = {
      name: consumerGroup
    }
  }

  resource detections 'eventhubs' = if (createDetectionsHub) {
    name: detectionsHub
    properties: {
      partitionCount: 2
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: 72 }
    }
  }
}

@description('How long the telemetry hub keeps messages; hubs that were made with days say it in days.')
output retentionHours int = namespace::telemetry.properties.?retentionDescription.?retentionTimeInHours ?? (24 * (namespace::telemetry.properties.?messageRetentionInDays ?? 7))
