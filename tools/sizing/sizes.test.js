'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { checked, sizeOf } = require('./sizes');
const { tableOf } = require('./table');

const root = join(__dirname, '..', '..');
const text = path => readFileSync(join(root, path), 'utf8');
const read = () => JSON.parse(text('infra/prices.json'));
const size = (change = () => {}, fleet = { endpoints: 10_000, partitions: 32 }) => {
  const input = read();
  change(input);
  return sizeOf(checked(input), fleet);
};

test('docs/deploy.md has the table that the script prints', () => {
  const input = checked(read());
  const table = tableOf(input, input.fleets.map(fleet => sizeOf(input, fleet)));
  assert.ok(text('docs/deploy.md').includes(`\n${table}`), `run node tools/sizing.js and paste:\n${table}`);
});

test('docs/deploy.md says when and where the prices are from', () => {
  const { checked: date, region, source } = read();
  for (const part of [date, region, source]) assert.ok(text('docs/deploy.md').includes(part), part);
});

test('every price that has a value says its meter, its file and since when it holds', () => {
  for (const [name, price] of Object.entries(read().prices)) {
    assert.ok(price.meter, name);
    if (price.value === null) continue;
    assert.match(price.file, /^\w+\.json$/, name);
    assert.match(price.effective, /^\d{4}-\d\d-\d\d$/, name);
  }
});

test('figures of the load are those that were measured', () => {
  const { load, deployment } = read();
  const [, launches, messages] = text('samples/README.md').match(/5 hosts, 12 hours, ([\d,]+) process starts in ([\d,]+) messages/);
  const count = digits => Number(digits.replace(',', ''));
  assert.equal(load.launchesPerEndpointAndDay.value, Math.round(count(launches) / 5 * 2));
  assert.equal(load.launchesPerMessage.value, Number((count(launches) / count(messages)).toFixed(2)));
  assert.match(text('docs/testing.md'), /4,590 and 3,790 events\/s/);
  assert.equal(load.launchesPerSecondAndInstance.value, 3790 / 2);
  assert.match(text('docs/scale.md'), /\| nothing is new \| 102 \|/);
  assert.equal(deployment.gatherRequestsPerPartition.value * 32 + deployment.gatherRequestsBesides.value, 102);
  assert.equal(deployment.logAlerts.value, (text('infra/app/alerts.bicep').match(/^    query: /gm) ?? []).length);
});

test('prices that the page names are those of the file', () => {
  const { prices, load } = read();
  for (const value of [prices.commitmentTier200GBDay.value, load.launchesPerEndpointAndDay.value]) {
    assert.ok(text('docs/deploy.md').includes(String(value)), String(value));
  }
  for (const value of [load.bytesPerLaunch.value, load.launchesPerSecondAndInstance.value]) {
    assert.ok(text('docs/deploy.md').includes(value.toLocaleString('en-US')), String(value));
  }
});

test('one unit and one instance are the least', () => {
  const small = size(undefined, { endpoints: 1, partitions: 8 });
  assert.deepEqual([small.throughputUnits, small.instances], [1, 1]);
});

test('the peak decides units and instances, the average what is billed for each event', () => {
  const calm = size();
  const busy = size(input => { input.load.peakFactor.value = 60; });
  assert.equal(calm.throughputUnits, 1);
  assert.equal(busy.throughputUnits, Math.ceil(10_000 * 671 / 86_400 * 60 * 2298 / 1e6));
  assert.equal(busy.instances, 3);
  assert.equal(busy.checkpoints, calm.checkpoints);
  assert.ok(busy.total > calm.total);
});

test('many small messages need units for their number, not for their bytes', () => {
  const tiny = size(input => { input.load.bytesPerLaunch.value = 100; input.load.launchesPerMessage.value = 0.1; });
  assert.equal(tiny.throughputUnits, Math.ceil(10_000 * 671 / 86_400 * 3 / 0.1 / 1000));
});

test('a partition never has more batches than fit one after the other', () => {
  const slow = size(input => { input.load.secondsPerBatch.value = 10; });
  assert.ok(Math.abs(slow.checkpoints - 32 / 10 * 86_400 * 365 / 12) < 1);
});

test('the sum is that of its parts', () => {
  const { costs, total } = size();
  assert.equal(total, costs.hub + costs.app + costs.storage + costs.alerts);
});

test('a value that the sum needs is refused by name if it is missing or no number', () => {
  assert.throws(() => size(input => { input.prices.throughputUnitHour.value = null; }), /prices\.throughputUnitHour must have a value/);
  assert.throws(() => size(input => { delete input.load.secondsPerBatch; }), /load\.secondsPerBatch must have a value/);
  assert.throws(() => size(input => { input.load.peakFactor.value = '3'; }), /load\.peakFactor must have a value/);
  assert.throws(() => checked({ ...read(), fleets: [] }), /fleets must list/);
  assert.throws(() => checked({ ...read(), fleets: [{ endpoints: 5 }] }), /a fleet needs endpoints and partitions/);
});

test('a price that was not found is in no sum', () => {
  const missing = Object.entries(read().prices).filter(([, price]) => price.value === null).map(([name]) => name);
  assert.deepEqual(missing, ['metricAlertMonth', 'tableGBMonth', 'sentinelGB']);
  assert.equal(size(input => { for (const name of missing) input.prices[name].value = 1000; }).total, size().total);
});
