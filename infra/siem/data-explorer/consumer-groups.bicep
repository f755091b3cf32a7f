// Consumer groups on one hub: each reader has its own.
param namespaceName string
param hub string
param names string[]

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: namespaceName

  resource eventHub 'eventhubs' existing = {
    name: hub
  }
}

resource groups 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = [
  for name in names: {
    parent: namespace::eventHub
    name: name
  }
]
