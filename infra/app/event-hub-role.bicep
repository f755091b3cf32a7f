// One right on one hub, in whichever resource group its namespace is. Which rights there are says roles.bicep.
param namespaceName string
param hub string
param principalId string

@description('What the assignment is named after; known before the identity is made.')
param principalName string
param principalType string
param role string

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: namespaceName

  resource eventHub 'eventhubs' existing = {
    name: hub
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace::eventHub.id, principalName, role)
  scope: namespace::eventHub
  properties: {
    principalId: principalId
    principalType: principalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}
