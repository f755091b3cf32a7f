// Private networking: the app joins a virtual network, in which storage and hubs have addresses of their own.
// Azure Monitor stays public; a private link scope is the organisation's, not one app's.
param token string
param location string
param tags object
param addressPrefix string
param hostStorageId string
param dataStorageId string
param namespaceId string

var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  namespace: 'privatelink.servicebus.windows.net'
}
var endpoints = [
  { name: 'host-blob', target: hostStorageId, group: 'blob' }
  { name: 'data-blob', target: dataStorageId, group: 'blob' }
  { name: 'data-table', target: dataStorageId, group: 'table' }
  { name: 'hubs', target: namespaceId, group: 'namespace' }
]

// Subnets inside the network: as resources of their own, a second deployment would take them for removed.
resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zoneList 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zones): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in items(zones): {
    parent: zoneList[i]
    name: 'link-${token}'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

module endpointList 'private-endpoint.bicep' = [
  for endpoint in endpoints: {
    name: 'pe-${endpoint.name}'
    params: {
      name: 'pe-${endpoint.name}-${token}'
      location: location
      tags: tags
      subnetId: network::endpointSubnet.id
      targetId: endpoint.target
      group: endpoint.group
      zoneName: zones[endpoint.group]
    }
    dependsOn: [zoneList]
  }
]

output appSubnetId string = network::appSubnet.id
