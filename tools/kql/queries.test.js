'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { parserOf } = require('./parser');

const root = join(__dirname, '..', '..');
const text = (...path) => readFileSync(join(root, ...path), 'utf8');
const siem = path => text('infra', 'siem', ...path.split('/'));

/** Tables as infra/app/sentinel.bicep makes them: { name: ['Column: type', …] }. */
const types = { dateTime: 'datetime', boolean: 'bool' };
const tables = Object.fromEntries([...text('infra', 'app', 'sentinel.bicep').matchAll(/name: '(Changeling\w+)'\s+columns: \[([\s\S]*?)\n {4}\]/g)]
  .map(([, name, columns]) => [name, [...columns.matchAll(/name: '(\w+)', type: '(\w+)'/g)].map(([, column, type]) => `${column}: ${types[type] ?? type}`)]));

const script = siem('data-explorer/tables.kql');
const commands = script.split('\n\n').map(part => part.slice(part.indexOf('\n.') + 1));

const parse = parserOf({
  ...Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, columns.join(', ')])),
  ...Object.fromEntries([...script.matchAll(/\.create-merge table (\w+) \(([\s\S]*?)\)\n/g)].map(([, name, columns]) => [name, columns])),
  // The service's stream of event hubs, and what steps-in-telemetry.kql reads of Defender's table.
  source: 'TimeGenerated: datetime, RawData: string, Properties: dynamic',
  DeviceProcessEvents: 'Timestamp: datetime, DeviceName: string, ProcessId: long, ProcessCommandLine: string, SHA256: string',
});

const files = ['sentinel', 'defender'].flatMap(folder => readdirSync(join(root, 'infra', 'siem', folder))
  .filter(file => file.endsWith('.kql')).map(file => `${folder}/${file}`));

test('the parser knows the tables, and finds a column that does not exist', () => {
  assert.deepEqual(Object.keys(tables), ['ChangelingDetections_CL', 'ChangelingIncidents_CL']);
  assert.match(parse('ChangelingIncidents_CL | where Nope == 1').faults.join(), /'Nope' does not refer to any known column/);
});

for (const file of files) test(`${file} is a valid query`, () => assert.deepEqual(parse(siem(file)).faults, []));

for (const { content } of JSON.parse(siem('sentinel/workbook.json')).items.filter(item => item.content.query)) {
  test(`the workbook's query "${content.title}" is valid`, () => assert.deepEqual(parse(content.query).faults, []));
}

for (const command of commands) {
  test(`Data Explorer's command "${command.split('\n')[0].slice(0, 60)}" is valid`, () => assert.deepEqual(parse(command).faults, []));
}

test('a transformation gives the columns of its table, of their types', () => {
  assert.deepEqual(parse(siem('sentinel/transform-findings.kql')).columns, tables.ChangelingDetections_CL);
  assert.deepEqual(parse(siem('sentinel/transform-incidents.kql')).columns, tables.ChangelingIncidents_CL);
});

for (const kind of ['incident', 'finding']) {
  test(`the rule for ${kind}s maps columns that its query gives`, () => {
    const given = parse(siem(`sentinel/${kind}-alerts.kql`)).columns.map(column => column.split(':')[0]);
    const rule = JSON.parse(siem(`sentinel/${kind}-rule.json`));
    const mapped = [
      ...rule.entityMappings.flatMap(entity => entity.fieldMappings.map(field => field.columnName)),
      ...Object.values(rule.customDetails),
      rule.alertDetailsOverride.alertSeverityColumnName,
    ];
    assert.deepEqual(mapped.filter(column => !given.includes(column)), []);
  });
}
