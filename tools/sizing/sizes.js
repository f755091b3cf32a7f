// From a fleet to what its deployment has to carry, and what that costs in a month.
'use strict';

const SECONDS_A_DAY = 86_400;
const DAYS_A_MONTH = 365 / 12;
const SECONDS_A_MONTH = SECONDS_A_DAY * DAYS_A_MONTH;
const HOURS_A_MONTH = SECONDS_A_MONTH / 3_600;
const MINUTES_A_MONTH = SECONDS_A_MONTH / 60;

/** What the sum is made of. Other values of the file are for the reader. */
const NEEDED = {
  prices: [
    'throughputUnitHour', 'millionIngressEvents', 'alwaysReadyBaselineGBs', 'alwaysReadyExecutionGBs', 'onDemandExecutionGBs',
    'tenExecutions', 'tenThousandTableRequests', 'tenThousandBlobRequests', 'logAlertMonth',
  ],
  load: [
    'launchesPerEndpointAndDay', 'bytesPerLaunch', 'launchesPerMessage', 'peakFactor', 'launchesPerSecondAndInstance', 'secondsPerBatch',
    'tableRequestsPerBatch', 'activeShare',
  ],
  deployment: [
    'instanceGB', 'alwaysReadyInstances', 'logAlerts', 'megabytesPerSecondAndUnit', 'eventsPerSecondAndUnit', 'gatherRequestsPerPartition',
    'gatherRequestsBesides',
  ],
};

/** The input with plain numbers; an error that names the first value that cannot be used. */
function checked(input) {
  const numbers = group => Object.fromEntries(NEEDED[group].map(name => {
    const value = input[group]?.[name]?.value;
    if (typeof value !== 'number' || !(value >= 0)) throw new Error(`${group}.${name} must have a value of 0 or more, not ${value}`);
    return [name, value];
  }));
  if (!Array.isArray(input.fleets) || input.fleets.length === 0) throw new Error('fleets must list at least one fleet');
  for (const { endpoints, partitions } of input.fleets) {
    if (!(endpoints > 0 && partitions > 0)) throw new Error(`a fleet needs endpoints and partitions, not ${endpoints} and ${partitions}`);
  }
  return { ...input, prices: numbers('prices'), load: numbers('load'), deployment: numbers('deployment') };
}

/** Sizes and prices of one fleet. */
function sizeOf({ prices, load, deployment }, { endpoints, partitions }) {
  const launchesPerSecond = endpoints * load.launchesPerEndpointAndDay / SECONDS_A_DAY;
  const messagesPerSecond = launchesPerSecond / load.launchesPerMessage;
  const peak = launchesPerSecond * load.peakFactor;

  const throughputUnits = Math.max(1, Math.ceil(Math.max(
    peak * load.bytesPerLaunch / 1e6 / deployment.megabytesPerSecondAndUnit,
    peak / load.launchesPerMessage / deployment.eventsPerSecondAndUnit)));
  const instances = Math.max(1, Math.ceil(peak / load.launchesPerSecondAndInstance));

  // A partition has one batch in work at a time, and what arrives meanwhile is the next batch.
  const batches = Math.min(messagesPerSecond, partitions / load.secondsPerBatch) * SECONDS_A_MONTH;
  const gathering = (deployment.gatherRequestsPerPartition * partitions + deployment.gatherRequestsBesides) * MINUTES_A_MONTH;
  const tableRequests = batches * load.tableRequestsPerBatch + gathering;

  const ready = Math.min(instances, deployment.alwaysReadyInstances);
  const gigabyteSeconds = deployment.instanceGB * SECONDS_A_MONTH;
  const costs = {
    hub: throughputUnits * HOURS_A_MONTH * prices.throughputUnitHour + messagesPerSecond * SECONDS_A_MONTH / 1e6 * prices.millionIngressEvents,
    app: deployment.alwaysReadyInstances * gigabyteSeconds * prices.alwaysReadyBaselineGBs
      + ready * gigabyteSeconds * load.activeShare * prices.alwaysReadyExecutionGBs
      + (instances - ready) * gigabyteSeconds * load.activeShare * prices.onDemandExecutionGBs
      + batches / 10 * prices.tenExecutions,
    storage: tableRequests / 1e4 * prices.tenThousandTableRequests + batches / 1e4 * prices.tenThousandBlobRequests,
    alerts: deployment.logAlerts * prices.logAlertMonth,
  };
  return {
    endpoints, partitions, launchesPerSecond, peak, throughputUnits, instances, tableRequests, checkpoints: batches, costs,
    total: Object.values(costs).reduce((sum, cost) => sum + cost, 0),
  };
}

module.exports = { checked, sizeOf };
