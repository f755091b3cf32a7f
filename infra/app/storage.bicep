@minLength(10)
param token string
param location string
param tags object
param packageContainer string

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: 'st${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource containers 'containers' = [
      for name in [packageContainer, 'models', 'deadletters', 'fleet', 'rules', 'exceptions', 'health']: {
        name: name
      }
    ]
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource lineage 'tables' = {
      name: 'lineage'
    }
  }
}

output name string = account.name
