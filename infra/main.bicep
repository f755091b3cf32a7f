// What one deployment needs: identity, monitoring, storage, Event Hubs, the function app and its rights.
// Raw resources on purpose: registry modules cannot be fetched where CI runs.
targetScope = 'resourceGroup'

@description('Name of the azd environment; part of every tag.')
param environmentName string

@description('Region of all resources.')
param location string = resourceGroup().location

@description('Partitions of the telemetry hub, 1 to 32. They bound parallelism and instances, and cannot be changed later on Standard.')
@minValue(1)
@maxValue(32)
param telemetryPartitions int = 8

@description('Hours that the hubs keep messages: how long the app may be down without loss.')
@minValue(24)
@maxValue(168)
param retentionHours int = 72

var token = toLower(uniqueString(resourceGroup().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var telemetryHub = 'telemetry'
var detectionsHub = 'detections'
var consumerGroup = 'changeling'
var packageContainer = 'app-package'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  params: { token: token, location: location, tags: tags }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  params: { token: token, location: location, tags: tags, packageContainer: packageContainer }
}

module eventHubs 'app/event-hubs.bicep' = {
  name: 'event-hubs'
  params: {
    token: token
    location: location
    tags: tags
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    consumerGroup: consumerGroup
    telemetryPartitions: telemetryPartitions
    retentionHours: retentionHours
  }
}

module roles 'app/roles.bicep' = {
  name: 'roles'
  params: {
    principalId: identity.properties.principalId
    storageName: storage.outputs.name
    namespaceName: eventHubs.outputs.namespaceName
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'app/function-app.bicep' = {
  name: 'function-app'
  params: {
    token: token
    location: location
    tags: tags
    identityName: identity.name
    storageName: storage.outputs.name
    packageContainer: packageContainer
    insightsName: monitoring.outputs.insightsName
    eventHubsNamespace: eventHubs.outputs.namespaceName
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    consumerGroup: consumerGroup
  }
  // Without its rights the first deployment of the package fails.
  dependsOn: [roles]
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = resourceGroup().name
output AZURE_CLIENT_ID string = identity.properties.clientId
output SERVICE_SCORER_NAME string = app.outputs.name
output EVENTHUB_NAMESPACE string = eventHubs.outputs.namespaceName
output STORAGE_ACCOUNT string = storage.outputs.name
