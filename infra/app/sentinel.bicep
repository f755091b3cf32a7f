// What analysts have in Microsoft Sentinel: tables, analytics rules and a workbook, in the resource group of its workspace.
// The workspace and Sentinel exist already. Nothing of them is changed.
param workspaceName string
param location string

@description('What the setting Detections:Alerts says: the rule for findings is on only where findings are alerts.')
param alerts string

@description('Who writes to the tables; part of the workbook\'s name, so that two deployments keep theirs.')
param token string

// The columns of the transformations in infra/siem/sentinel, in their order.
var tables = [
  {
    name: 'ChangelingDetections_CL'
    columns: [
      { name: 'TimeGenerated', type: 'dateTime' }
      { name: 'DetectionId', type: 'string' }
      { name: 'FindingTime', type: 'dateTime' }
      { name: 'IsAlert', type: 'boolean' }
      { name: 'RuleName', type: 'string' }
      { name: 'RiskScore', type: 'long' }
      { name: 'HostName', type: 'string' }
      { name: 'AccountName', type: 'string' }
      { name: 'CommandLine', type: 'string' }
      { name: 'ParentName', type: 'string' }
      { name: 'Summary', type: 'string' }
      { name: 'Detection', type: 'dynamic' }
    ]
  }
  {
    name: 'ChangelingIncidents_CL'
    columns: [
      { name: 'TimeGenerated', type: 'dateTime' }
      { name: 'IncidentId', type: 'string' }
      { name: 'Revision', type: 'long' }
      { name: 'MessageId', type: 'string' }
      { name: 'MessageTime', type: 'dateTime' }
      { name: 'Activity', type: 'string' }
      { name: 'IsAlert', type: 'boolean' }
      { name: 'RiskScore', type: 'long' }
      { name: 'Headline', type: 'string' }
      { name: 'Story', type: 'string' }
      { name: 'Hosts', type: 'dynamic' }
      { name: 'Users', type: 'dynamic' }
      { name: 'Tactics', type: 'dynamic' }
      { name: 'Processes', type: 'dynamic' }
      { name: 'Incident', type: 'dynamic' }
    ]
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

// One after the other: a workspace refuses two changes of its tables at once.
@batchSize(1)
resource tableList 'Microsoft.OperationalInsights/workspaces/tables@2025-02-01' = [
  for table in tables: {
    parent: workspace
    name: table.name
    properties: {
      plan: 'Analytics'
      schema: { name: table.name, columns: table.columns }
    }
  }
]

resource incidentRule 'Microsoft.SecurityInsights/alertRules@2025-09-01' = {
  scope: workspace
  name: guid(workspace.id, 'changeling-incidents')
  kind: 'Scheduled'
  properties: {
    ...loadJsonContent('../siem/sentinel/incident-rule.json')
    query: loadTextContent('../siem/sentinel/incident-alerts.kql')
    enabled: alerts != 'findings'
  }
  dependsOn: [tableList]
}

resource findingRule 'Microsoft.SecurityInsights/alertRules@2025-09-01' = {
  scope: workspace
  name: guid(workspace.id, 'changeling-findings')
  kind: 'Scheduled'
  properties: {
    ...loadJsonContent('../siem/sentinel/finding-rule.json')
    query: loadTextContent('../siem/sentinel/finding-alerts.kql')
    enabled: alerts != 'incidents'
  }
  dependsOn: [tableList]
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'changeling', token)
  location: location
  kind: 'shared'
  properties: {
    displayName: 'Changeling'
    category: 'sentinel'
    sourceId: workspace.id
    version: '1.0'
    serializedData: loadTextContent('../siem/sentinel/workbook.json')
  }
}

output workspaceId string = workspace.id
