param token string
param location string
param tags object
param telemetryHub string
param detectionsHub string
param consumerGroup string
param telemetryPartitions int
param retentionHours int

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: 'evhns-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard', capacity: 1 }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    isAutoInflateEnabled: true
    maximumThroughputUnits: 8
  }

  resource telemetry 'eventhubs' = {
    name: telemetryHub
    properties: {
      partitionCount: telemetryPartitions
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: retentionHours }
    }

    // Two readers on one group and partition steal from each other: ours is our own.
    resource group 'consumergroups' = {
      name: consumerGroup
    }
  }

  resource detections 'eventhubs' = {
    name: detectionsHub
    properties: {
      partitionCount: 2
      retentionDescription: { cleanupPolicy: 'Delete', retentionTimeInHours: retentionHours }
    }
  }
}

output namespaceName string = namespace.name
