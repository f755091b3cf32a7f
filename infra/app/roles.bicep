// Every right that the deployment gives, in one place. Source of the ids: Azure built-in roles.
//
// who       right                            on                    for
// the app   Storage Blob Data Owner          host's account        the host: leases, checkpoints, timers, keys, package
// the app   Storage Blob Data Contributor    data account          models, rules, dead letters, fleet, health
// the app   Storage Table Data Contributor   data account          counts, watermarks, outbox
// the app   Azure Event Hubs Data Receiver   hub of telemetry      trigger and scale controller
// the app   Azure Event Hubs Data Sender     hub of detections     sending detections
// the app   Monitoring Metrics Publisher     the component         telemetry of host and app
// Sentinel  Azure Event Hubs Data Receiver   hub of detections     its data collection rule, if a workspace is named
//
// The host would like a table of its own account too, for its diagnostic events; it runs without, and the workspace has its logs.
param principalId string

@description('Name of the app\'s identity: assignments are named after it, since it is known before the identity is made.')
param principalName string
param operatorPrincipalId string
param operatorPrincipalType string
param sentinelPrincipalId string

@description('Name of the identity of the data collection rule; none, and no right, without Microsoft Sentinel.')
param sentinelPrincipalName string
param hostStorageName string
param dataStorageName string
param hubsSubscription string
param hubsGroup string
param namespaceName string
param telemetryHub string
param detectionsHub string
param insightsName string

var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var eventHubsDataReceiver = 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
var eventHubsDataSender = '2b629674-e913-4c01-ae53-ef4638d8f975'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostStorageName
}

resource dataStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: dataStorageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource hostRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostStorage.id, principalName, storageBlobDataOwner)
  scope: hostStorage
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

resource dataRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [storageBlobDataContributor, storageTableDataContributor]: {
    name: guid(dataStorage.id, principalName, role)
    scope: dataStorage
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalName, monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

module hubRoles 'event-hub-role.bicep' = [
  for right in [
    { hub: telemetryHub, role: eventHubsDataReceiver }
    { hub: detectionsHub, role: eventHubsDataSender }
  ]: {
    scope: resourceGroup(hubsSubscription, hubsGroup)
    params: {
      namespaceName: namespaceName
      hub: right.hub
      principalId: principalId
      principalName: principalName
      principalType: 'ServicePrincipal'
      role: right.role
    }
  }
]

// The operator, if one is named: models, counts and dead letters, test messages in, detections out.
resource operatorDataRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in empty(operatorPrincipalId) ? [] : [storageBlobDataContributor, storageTableDataContributor]: {
    name: guid(dataStorage.id, operatorPrincipalId, role)
    scope: dataStorage
    properties: {
      principalId: operatorPrincipalId
      principalType: operatorPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

module operatorHubRoles 'event-hub-role.bicep' = [
  for right in empty(operatorPrincipalId)
    ? []
    : [
        { hub: telemetryHub, role: eventHubsDataSender }
        { hub: detectionsHub, role: eventHubsDataReceiver }
      ]: {
    scope: resourceGroup(hubsSubscription, hubsGroup)
    params: {
      namespaceName: namespaceName
      hub: right.hub
      principalId: operatorPrincipalId
      principalName: operatorPrincipalId
      principalType: operatorPrincipalType
      role: right.role
    }
  }
]

module sentinelHubRole 'event-hub-role.bicep' = if (!empty(sentinelPrincipalName)) {
  scope: resourceGroup(hubsSubscription, hubsGroup)
  params: {
    namespaceName: namespaceName
    hub: detectionsHub
    principalId: sentinelPrincipalId
    principalName: sentinelPrincipalName
    principalType: 'ServicePrincipal'
    role: eventHubsDataReceiver
  }
}
