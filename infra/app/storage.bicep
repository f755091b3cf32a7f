// A storage account without keys: what is in it is reached with an identity or not at all.
@minLength(3)
@maxLength(24)
param name string
param location string
param tags object
param sku string
param containers string[]
param tables string[] = []

@description('Containers whose blobs are deleted some days after they were last written.')
param expiries { container: string, days: int }[] = []

@description('Whether the account can be reached from the internet, with a token.')
param isPublic bool

@description('Whether writes to blobs are logged: who changed a model or a rule. Too much for the account that holds the host\'s leases.')
param auditsWrites bool = false
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPublic ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: isPublic ? 'Allow' : 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A container deleted by mistake comes back; a blob does not, since what "forget" deletes must be gone.
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
      deleteRetentionPolicy: { enabled: false }
    }

    resource containerList 'containers' = [
      for container in containers: {
        name: container
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tableList 'tables' = [
      for table in tables: {
        name: table
      }
    ]
  }

  resource lifecycle 'managementPolicies' = if (!empty(expiries)) {
    name: 'default'
    properties: {
      policy: {
        rules: [
          for expiry in expiries: {
            name: 'expire-${expiry.container}'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${expiry.container}/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: expiry.days } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: auditsWrites
      ? [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }]
      : [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

// Every batch writes rows, so of the tables only numbers are kept.
resource tableMetrics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account::tableService
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output id string = account.id
