// A namespace of our own: telemetry in, detections out, no keys.
param name string
param location string
param tags object
param tier string
param capacity int
param maximumThroughputUnits int
param telemetryHub string
param detectionsHub string
param consumerGroup string
param telemetryPartitions int
param retentionHours int
param isPublic bool

@description('Whether trusted services of Azure may read past a closed network: the data collection rule of Microsoft Sentinel.')
param trustsServices bool
param workspaceId string

var isStandard = tier == 'Standard'

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: tier, tier: tier, capacity: capacity }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    isAutoInflateEnabled: isStandard
    maximumThroughputUnits: isStandard ? max(capacity, maximumThroughputUnits) : 0
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

// Only where it says something that the namespace does not.
resource rules 'Microsoft.EventHub/namespaces/networkRuleSets@2024-01-01' = if (!isPublic && trustsServices) {
  parent: namespace
  name: 'default'
  properties: {
    publicNetworkAccess: 'Disabled'
    defaultAction: 'Deny'
    trustedServiceAccessEnabled: true
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}
