// What calls a person. Each alert has a runbook of the same name in docs/operations.md, and its query gives a row for each trouble.
param token string
param location string
param tags object
param insightsId string
param storageIds string[]
param email string

var runbook = 'Runbook: docs/operations.md, section'

var queries = [
  {
    name: 'failed-invocations'
    says: 'A function failed five times or more in 15 minutes. Its batches come back until they succeed.'
    severity: 1
    window: 'PT15M'
    query: 'requests | where success == false | summarize Failed = count() by name | where Failed >= 5'
  }
  {
    name: 'stuck-batch'
    says: 'A batch was retried 20 times or more: its event partition stands still.'
    severity: 1
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.batches.stuck" | summarize Attempts = sum(valueSum) | where Attempts > 0'
  }
  {
    name: 'growing-lag'
    says: 'Events were answered more than 15 minutes after the hub took them.'
    severity: 2
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.lag" | summarize Seconds = max(valueMax) | where Seconds > 900'
  }
  {
    name: 'sequence-gap'
    says: 'Messages never arrived: retention ran out, or the host passed over them.'
    severity: 1
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.sequence_gap" | summarize Messages = sum(valueSum) | where Messages > 0'
  }
  {
    name: 'dead-letters'
    says: 'A hundred records or more could not be read in 15 minutes.'
    severity: 2
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.dead_letters" | summarize Records = sum(valueSum) by Reason = tostring(customDimensions.reason) | where Records >= 100'
  }
  {
    name: 'no-events'
    says: 'No process start was scored for an hour.'
    severity: 2
    window: 'PT1H'
    query: 'customMetrics | where name == "changeling.events" | summarize Events = sum(valueSum) | where isnull(Events) or Events == 0'
  }
  {
    name: 'bad-model'
    says: 'A model or a rule file in the store was refused; what was in force stays.'
    severity: 2
    window: 'PT15M'
    query: 'customMetrics | where name endswith ".loads" and tostring(customDimensions.outcome) == "refused" | summarize Refused = sum(valueSum) by name | where Refused > 0'
  }
  {
    name: 'restarts'
    says: 'The app was started more than three times on one instance in 30 minutes.'
    severity: 2
    window: 'PT30M'
    query: 'customMetrics | where name == "changeling.starts" | summarize Starts = sum(valueSum) by cloud_RoleInstance | where Starts > 3'
  }
]

resource receivers 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'changeling'
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in queries: {
    name: '${alert.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: 'Changeling: ${alert.name}'
      description: '${alert.says} ${runbook} ${alert.name}.'
      severity: alert.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      // The tables are empty before the first telemetry.
      skipQueryValidation: true
      actions: { actionGroups: empty(email) ? [] : [receivers.id] }
    }
  }
]

resource throttling 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for (id, i) in storageIds: {
    name: 'storage-throttling-${i}-${token}'
    location: 'global'
    tags: tags
    properties: {
      description: 'A storage account refused a hundred requests or more for their number. ${runbook} storage-throttling.'
      severity: 2
      enabled: true
      scopes: [id]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'throttled'
            metricNamespace: 'Microsoft.Storage/storageAccounts'
            metricName: 'Transactions'
            dimensions: [
              {
                name: 'ResponseType'
                operator: 'Include'
                values: [
                  'ServerBusyError'
                  'ClientThrottlingError'
                  'ClientAccountRequestThrottlingError'
                  'ClientAccountBandwidthThrottlingError'
                ]
              }
            ]
            timeAggregation: 'Total'
            operator: 'GreaterThanOrEqual'
            threshold: 100
          }
        ]
      }
      autoMitigate: true
      actions: empty(email) ? [] : [{ actionGroupId: receivers.id }]
    }
  }
]
