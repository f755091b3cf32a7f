// One deployment of Changeling: a resource group with the function app, its storage, its hubs, its rights and its alarms.
// Raw resources on purpose: registry modules cannot be fetched where CI runs.
targetScope = 'subscription'

@description('Name of the azd environment; part of names and tags.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of all resources; one that offers Flex Consumption.')
param location string

@description('Memory of one instance, MB; 512 has a quarter of a core, 2048 one, 4096 two.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Maximum number of instances. No more than the telemetry hub has partitions are ever used.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are kept warm, and paid for, when nothing arrives; 0 scales to zero.')
@minValue(0)
@maxValue(32)
param alwaysReadyInstances int = 1

@description('Tier of the Event Hubs namespace. Premium brings isolation and retention of up to 90 days.')
@allowed(['Standard', 'Premium'])
param eventHubsTier string = 'Standard'

@description('Throughput units (Standard, 1 MB/s in each, raised by themselves up to maximumThroughputUnits) or processing units (Premium).')
@minValue(1)
@maxValue(40)
param eventHubsCapacity int = 1

@description('Most throughput units that a Standard namespace raises itself to.')
@minValue(1)
@maxValue(40)
param maximumThroughputUnits int = 8

@description('Name of the hub that holds telemetry.')
param telemetryHub string = 'telemetry'

@description('Name of the hub that takes detections.')
param detectionsHub string = 'detections'

@description('Changeling\'s own consumer group on the telemetry hub; nobody else may read with it.')
param consumerGroup string = 'changeling'

@description('Partitions of the telemetry hub. They bound parallelism and instances, and cannot be changed later on Standard.')
@minValue(1)
@maxValue(32)
param telemetryPartitions int = 8

@description('Hours that the hubs keep messages: how long the app may be down without loss. At most 168 on Standard.')
@minValue(24)
@maxValue(2160)
param retentionHours int = 72

@description('A namespace that telemetry is streamed to already, instead of a new one. Its telemetry hub must exist; the consumer group is added.')
param existingNamespaceName string = ''

@description('Resource group of the existing namespace.')
param existingNamespaceResourceGroup string = ''

@description('Subscription of the existing namespace; this one if left out.')
param existingNamespaceSubscription string = ''

@description('Whether the detections hub is made in the existing namespace; false if it is there.')
param createDetectionsHub bool = true

@description('Redundancy of both storage accounts.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Private networking: storage and hubs are closed to the internet and reached through private endpoints.')
param privateNetworking bool = false

@description('Address space of the virtual network, a /24; only with private networking.')
param addressPrefix string = '10.74.0.0/24'

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Days that dead letters are kept.')
@minValue(1)
@maxValue(365)
param deadLetterDays int = 30

@description('Who is written to when an alert fires; without it alerts are only shown in the portal.')
param alertEmail string = ''

@description('Object id of a person or group that operates the app: models, counts, dead letters, send and tail. None by default.')
param operatorPrincipalId string = ''

@description('What kind of principal the operator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Resource id of the Log Analytics workspace of Microsoft Sentinel that findings and incidents are written to. None by default.')
param sentinelWorkspaceId string = ''

@description('Region of that workspace; the one of the deployment if left out.')
param sentinelLocation string = ''

@description('Consumer group on the detections hub that only Microsoft Sentinel reads with.')
param sentinelConsumerGroup string = 'sentinel'

@description('Settings of the app that differ from the defaults, as Section__Name: see the README.')
param appSettings object = {}

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var usesExisting = !empty(existingNamespaceName)
var namespaceName = usesExisting ? existingNamespaceName : 'evhns-${token}'
var hubsSubscription = usesExisting && !empty(existingNamespaceSubscription)
  ? existingNamespaceSubscription
  : subscription().subscriptionId
var hubsGroup = usesExisting ? existingNamespaceResourceGroup : group.name
var identityName = 'id-${token}'
var usesSentinel = !empty(sentinelWorkspaceId)
// '', 'subscriptions', subscription, 'resourceGroups', group, 'providers', 'Microsoft.OperationalInsights', 'workspaces', name
var sentinelParts = split(usesSentinel ? sentinelWorkspaceId : '////////', '/')
var sentinelSubscription = usesSentinel ? sentinelParts[2] : subscription().subscriptionId
var sentinelGroup = usesSentinel ? sentinelParts[4] : group.name
var sentinelRegion = empty(sentinelLocation) ? location : sentinelLocation
var sentinelIdentityName = 'id-sentinel-${token}'
var insightsName = 'appi-${token}'
var packageContainer = 'app-package'
var hostStorageName = 'sthost${token}'
var dataStorageName = 'stdata${token}'

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'app/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: insightsName
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

// The host's leases, checkpoints and keys, and the package: apart from our data, so that neither slows or rules the other.
module hostStorage 'app/storage.bicep' = {
  scope: group
  name: 'host-storage'
  params: {
    name: hostStorageName
    location: location
    tags: tags
    sku: storageSku
    containers: [packageContainer]
    isPublic: !privateNetworking
    workspaceId: monitoring.outputs.workspaceId
  }
}

module dataStorage 'app/storage.bicep' = {
  scope: group
  name: 'data-storage'
  params: {
    name: dataStorageName
    location: location
    tags: tags
    sku: storageSku
    containers: ['models', 'rules', 'exceptions', 'deadletters', 'fleet', 'health']
    tables: ['lineage']
    expiries: [
      { container: 'deadletters', days: deadLetterDays }
      // One blob an instance: those of instances that are long gone.
      { container: 'health', days: 7 }
    ]
    isPublic: !privateNetworking
    auditsWrites: true
    workspaceId: monitoring.outputs.workspaceId
  }
}

module eventHubs 'app/event-hubs.bicep' = if (!usesExisting) {
  scope: group
  params: {
    name: namespaceName
    location: location
    tags: tags
    tier: eventHubsTier
    capacity: eventHubsCapacity
    maximumThroughputUnits: maximumThroughputUnits
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    consumerGroup: consumerGroup
    telemetryPartitions: telemetryPartitions
    retentionHours: retentionHours
    isPublic: !privateNetworking
    trustsServices: usesSentinel
    workspaceId: monitoring.outputs.workspaceId
  }
}

module existingHubs 'app/existing-hubs.bicep' = if (usesExisting) {
  scope: resourceGroup(hubsSubscription, hubsGroup)
  params: {
    namespaceName: namespaceName
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    consumerGroup: consumerGroup
    createDetectionsHub: createDetectionsHub
  }
}

// Findings and incidents in Microsoft Sentinel, if a workspace is named.
module sentinelIdentity 'app/identity.bicep' = if (usesSentinel) {
  scope: group
  name: 'sentinel-identity'
  params: { name: sentinelIdentityName, location: location, tags: tags }
}

module sentinel 'app/sentinel.bicep' = if (usesSentinel) {
  scope: resourceGroup(sentinelSubscription, sentinelGroup)
  name: 'changeling-sentinel-${token}'
  params: {
    workspaceName: sentinelParts[8]
    location: sentinelRegion
    alerts: appSettings.?Detections__Alerts ?? 'incidents'
    token: token
  }
}

module sentinelIngestion 'app/sentinel-ingestion.bicep' = if (usesSentinel) {
  scope: group
  params: {
    token: token
    location: sentinelRegion
    tags: tags
    workspaceId: sentinel!.outputs.workspaceId
    consumerGroup: sentinelConsumerGroup
    identityId: sentinelIdentity!.outputs.id
  }
}

module sentinelSource 'app/sentinel-source.bicep' = if (usesSentinel) {
  scope: resourceGroup(hubsSubscription, hubsGroup)
  name: 'changeling-sentinel-source-${token}'
  params: {
    namespaceName: namespaceName
    detectionsHub: detectionsHub
    consumerGroup: sentinelConsumerGroup
    ruleId: sentinelIngestion!.outputs.ruleId
  }
  // It reads as soon as it is associated.
  dependsOn: [roles]
}

module network 'app/network.bicep' = if (privateNetworking) {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    addressPrefix: addressPrefix
    hostStorageId: hostStorage.outputs.id
    dataStorageId: dataStorage.outputs.id
    namespaceId: resourceId(hubsSubscription, hubsGroup, 'Microsoft.EventHub/namespaces', namespaceName)
  }
  dependsOn: [eventHubs]
}

module roles 'app/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    principalName: identityName
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    sentinelPrincipalId: usesSentinel ? sentinelIdentity!.outputs.principalId : ''
    sentinelPrincipalName: usesSentinel ? sentinelIdentityName : ''
    hostStorageName: hostStorageName
    dataStorageName: dataStorageName
    hubsSubscription: hubsSubscription
    hubsGroup: hubsGroup
    namespaceName: namespaceName
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    insightsName: insightsName
  }
  dependsOn: [hostStorage, dataStorage, eventHubs, existingHubs, monitoring]
}

module app 'app/function-app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    hostStorageName: hostStorageName
    dataStorageName: dataStorageName
    packageContainer: packageContainer
    insightsName: insightsName
    workspaceId: monitoring.outputs.workspaceId
    namespaceName: namespaceName
    telemetryHub: telemetryHub
    detectionsHub: detectionsHub
    consumerGroup: consumerGroup
    hubRetentionHours: usesExisting ? existingHubs!.outputs.retentionHours : retentionHours
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    appSettings: appSettings
  }
  // Without its rights the first deployment of the package fails.
  dependsOn: [roles]
}

module alerts 'app/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    storageIds: [hostStorage.outputs.id, dataStorage.outputs.id]
    email: alertEmail
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CLIENT_ID string = identity.outputs.clientId
output SERVICE_SCORER_NAME string = app.outputs.name
output EVENTHUB_NAMESPACE string = namespaceName
output TELEMETRY_HUB string = telemetryHub
output DETECTIONS_HUB string = detectionsHub
output STORAGE_ACCOUNT string = dataStorageName
