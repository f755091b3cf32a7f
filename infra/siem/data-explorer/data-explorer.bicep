// Azure Data Explorer reads findings and incidents: tables and mappings by script, two data connections, one right. No keys.
// The cluster has a system-assigned identity and a database. Deploy it into the cluster's resource group: docs/consuming.md.
param clusterName string
param databaseName string

@description('Region of the cluster.')
param location string = resourceGroup().location
param namespaceName string

@description('Resource group of the Event Hubs namespace.')
param namespaceResourceGroup string

@description('Subscription of the Event Hubs namespace.')
param namespaceSubscription string = subscription().subscriptionId
param detectionsHub string = 'detections'

var eventHubsDataReceiver = 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
var connections = [
  { name: 'changeling-findings', table: 'Detections', mapping: 'detection-2', consumerGroup: 'data-explorer-findings' }
  { name: 'changeling-incidents', table: 'Incidents', mapping: 'incident-1', consumerGroup: 'data-explorer-incidents' }
]

resource cluster 'Microsoft.Kusto/clusters@2024-04-13' existing = {
  name: clusterName

  resource database 'databases' existing = {
    name: databaseName
  }
}

module groups 'consumer-groups.bicep' = {
  scope: resourceGroup(namespaceSubscription, namespaceResourceGroup)
  params: {
    namespaceName: namespaceName
    hub: detectionsHub
    names: map(connections, connection => connection.consumerGroup)
  }
}

module right '../../app/event-hub-role.bicep' = {
  scope: resourceGroup(namespaceSubscription, namespaceResourceGroup)
  params: {
    namespaceName: namespaceName
    hub: detectionsHub
    principalId: cluster.identity.principalId
    principalName: clusterName
    principalType: 'ServicePrincipal'
    role: eventHubsDataReceiver
  }
}

resource tables 'Microsoft.Kusto/clusters/databases/scripts@2024-04-13' = {
  parent: cluster::database
  name: 'changeling-tables'
  properties: {
    // Public text: table names and paths.
    #disable-next-line use-secure-value-for-secure-inputs
    scriptContent: loadTextContent('tables.kql')
    continueOnErrors: false
  }
}

resource connectionList 'Microsoft.Kusto/clusters/databases/dataConnections@2024-04-13' = [
  for connection in connections: {
    parent: cluster::database
    name: connection.name
    location: location
    kind: 'EventHub'
    properties: {
      eventHubResourceId: resourceId(
        namespaceSubscription,
        namespaceResourceGroup,
        'Microsoft.EventHub/namespaces/eventhubs',
        namespaceName,
        detectionsHub
      )
      consumerGroup: connection.consumerGroup
      tableName: connection.table
      mappingRuleName: connection.mapping
      dataFormat: 'JSON'
      managedIdentityResourceId: cluster.id
    }
    dependsOn: [groups, right, tables]
  }
]
