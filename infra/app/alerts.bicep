// What calls a person. Each alert has a runbook of the same name in docs/operations.md, and its query gives a row for each trouble.
// The queries ask the app's own metrics: traces are sampled by the host, and a batch that is retried shows there only when it has succeeded.
// A cold start, a deployment and the reading of a backlog are normal, and none of them may fire an alert.
param token string
param location string
param tags object
param insightsId string
param storageIds string[]
param email string

var runbook = 'Runbook: docs/operations.md, section'

type logAlert = {
  name: string

  @description('What has happened, in a sentence.')
  says: string
  severity: int

  @description('How long the rule looks back.')
  window: string

  @description('How far its query reaches, if further.')
  reach: string?
  query: string
}

var queries logAlert[] = [
  {
    name: 'failed-invocations'
    says: 'Functions have been failing for ten minutes or more. Their batches come back until they succeed.'
    severity: 1
    window: 'PT30M'
    // Three periods of five minutes: partitions that change hands at a deployment fail for a minute or two.
    query: 'customMetrics | where name == "changeling.batches" | extend Outcome = tostring(customDimensions.outcome) | where Outcome != "ok" | summarize Failed = sum(valueSum), Periods = dcountif(bin(timestamp, 5m), valueSum > 0) by Outcome | where Failed >= 5 and Periods >= 3'
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
    says: 'Events are scored more than 15 minutes after the hub took them, and the delay does not shrink.'
    severity: 2
    window: 'PT30M'
    // A backlog that is being read, after an outage or at the first start, has a delay that shrinks.
    query: 'customMetrics | where name == "changeling.lag" | summarize Earlier = maxif(valueMax, timestamp < ago(15m)), Latest = maxif(valueMax, timestamp >= ago(15m)) by Partition = tostring(customDimensions.partition) | where Latest > 900 and Latest >= Earlier'
  }
  {
    name: 'sequence-gap'
    says: 'Messages never arrived: retention ran out, or the host passed over them.'
    severity: 1
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.sequence_gap" | summarize Messages = sum(valueSum) | where Messages > 0'
  }
  {
    name: 'implausible-replays'
    says: 'A partition takes new messages for old ones: its clock stands in the future.'
    severity: 1
    window: 'PT15M'
    query: 'customMetrics | where name == "changeling.replays.implausible" | summarize Records = sum(valueSum) | where Records > 0'
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
    says: 'No process start has been scored for an hour, after some in the two days before.'
    severity: 2
    window: 'PT1H'
    reach: 'P2D'
    // Silent until the first event: a deployment that nobody sends to yet is not a failure.
    query: 'customMetrics | where name == "changeling.events" and valueSum > 0 | summarize Last = max(timestamp) | where Last < ago(1h)'
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
      overrideQueryTimeRange: alert.?reach
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
