// From the hub to the tables of Microsoft Sentinel. It takes what each message says and drops nothing of it.
// Both must be in the region of the workspace. The conditions of this way are in docs/consuming.md.
param token string
param location string
param tags object
param workspaceId string
param consumerGroup string

@description('The identity that reads the hub.')
param identityId string

// The service takes messages of an event hub from this stream only, with these columns.
var stream = 'Custom-MyEventHubStream'

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2023-03-11' = {
  name: 'dce-changeling-${token}'
  location: location
  tags: tags
  properties: {
    networkAcls: { publicNetworkAccess: 'Enabled' }
  }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-changeling-${token}'
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    dataCollectionEndpointId: endpoint.id
    streamDeclarations: {
      '${stream}': {
        columns: [
          { name: 'TimeGenerated', type: 'datetime' }
          { name: 'RawData', type: 'string' }
          { name: 'Properties', type: 'dynamic' }
        ]
      }
    }
    dataSources: {
      dataImports: { eventHub: { name: 'detections', stream: stream, consumerGroup: consumerGroup } }
    }
    destinations: {
      logAnalytics: [{ name: 'sentinel', workspaceResourceId: workspaceId }]
    }
    dataFlows: [
      {
        streams: [stream]
        destinations: ['sentinel']
        transformKql: loadTextContent('../siem/sentinel/transform-findings.kql')
        outputStream: 'Custom-ChangelingDetections_CL'
      }
      {
        streams: [stream]
        destinations: ['sentinel']
        transformKql: loadTextContent('../siem/sentinel/transform-incidents.kql')
        outputStream: 'Custom-ChangelingIncidents_CL'
      }
    ]
  }
}

output ruleId string = rule.id
