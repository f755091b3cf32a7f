// The function app: Flex Consumption, a .NET isolated worker, every setting of the app.
param token string
param location string
param tags object
param identityId string
param clientId string
param hostStorageName string
param dataStorageName string
param packageContainer string
param insightsName string
param workspaceId string
param namespaceName string
param telemetryHub string
param detectionsHub string
param consumerGroup string
param hubRetentionHours int
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyInstances int
param subnetId string
param appSettings object

// The app's own options with their defaults, so that the portal shows what there is to set; the README says what each means.
var options = {
  Storage__AccountName: dataStorageName
  Baseline__Name: 'default'
  Baseline__HalfLifeDays: '30'
  Baseline__LaunchesPerHostAndDay: '3'
  Detections__Alerts: 'incidents'
  Detections__EmitAfter: '1.00:00:00'
  Detections__Format: 'ocsf'
  Exceptions__PollInterval: '00:00:30'
  Fleet__RefreshInterval: '00:05:00'
  Model__PollInterval: '00:00:30'
  Rules__PollInterval: '00:00:30'
  Rules__AttackVersion: '19.1'
  // Cores + 1.
  Pipeline__ConcurrentBatches: instanceMemoryMB == 4096 ? '3' : '2'
  Pipeline__CachedRows: '20000'
  Retention__Detections: '90.00:00:00'
  // What the hub may hand over again must not have been swept.
  Retention__Hub: '${hubRetentionHours / 24}.${padLeft(hubRetentionHours % 24, 2, '0')}:00:00'
  Retention__RequestsPerRun: '3000'
  // Empty: the format of each record is detected from its property names.
  Telemetry__Format: ''
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: hostStorageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'scorer' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [{ name: 'function:ScoreTelemetry', instanceCount: alwaysReadyInstances }]
      }
      // The platform's .NET runs the app: the package holds none, and security updates of .NET need no deployment.
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2' }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(options, appSettings, {
      AzureWebJobsStorage__accountName: hostStorageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: clientId
      EventHubConnection__fullyQualifiedNamespace: '${namespaceName}.servicebus.windows.net'
      EventHubConnection__credential: 'managedidentity'
      EventHubConnection__clientId: clientId
      TelemetryHub: telemetryHub
      TelemetryConsumerGroup: consumerGroup
      DetectionsHub: detectionsHub
      AZURE_CLIENT_ID: clientId
      // Start the app's own process. In a pre-warmed placeholder the worker runs inside the native FunctionsNetHost, which on Flex Consumption
      // ends with a segmentation fault (exit code 139) under load: azure-functions-dotnet-worker issue 3335. Remove it when that is fixed.
      WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      // The exporter's own usage statistics, which would go to its makers.
      APPLICATIONINSIGHTS_STATSBEAT_DISABLED: 'true'
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
    })
  }

  // Packages are uploaded with a token: publishing passwords stay off.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

// The host's own log, also when telemetry cannot be sent.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
