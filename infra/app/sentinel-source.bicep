// What the data collection rule needs at the hub, wherever its namespace is: a consumer group of its own, and the association.
// Without the association nothing is collected. Its right to read is given in roles.bicep.
param namespaceName string
param detectionsHub string
param consumerGroup string
param ruleId string

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: namespaceName

  resource detections 'eventhubs' existing = {
    name: detectionsHub

    resource group 'consumergroups' = {
      name: consumerGroup
    }
  }
}

resource association 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: namespace::detections
  name: 'changeling-sentinel'
  properties: {
    description: 'Writes findings and incidents to Microsoft Sentinel. Without it nothing more is written.'
    dataCollectionRuleId: ruleId
  }
  dependsOn: [namespace::detections::group]
}
