// The table as Markdown.
'use strict';

const number = (value, digits = 0) => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const short = value => value >= 100 ? number(value) : number(value, 1);
const millions = value => `${number(value / 1e6, value < 1e7 ? 1 : 0)} M`;

function tableOf({ currency }, sizes) {
  const columns = [
    ['endpoints', size => number(size.endpoints)],
    ['partitions', size => number(size.partitions)],
    ['launches a second, peak', size => `${short(size.launchesPerSecond)}, ${short(size.peak)}`],
    ['throughput units', size => number(size.throughputUnits)],
    ['instances', size => number(size.instances)],
    ['table requests, checkpoints a month', size => `${millions(size.tableRequests)}, ${millions(size.checkpoints)}`],
    ['hub', size => number(size.costs.hub)],
    ['app', size => number(size.costs.app)],
    ['storage', size => number(size.costs.storage)],
    ['alerts', size => number(size.costs.alerts)],
    [`**${currency} a month**`, size => `**${number(size.total)}**`],
  ];
  const row = cells => `| ${cells.join(' | ')} |`;
  const lines = [row(columns.map(([title]) => title)), `|${columns.map(() => '---:|').join('')}`];
  return [...lines, ...sizes.map(size => row(columns.map(([, text]) => text(size))))].join('\n') + '\n';
}

module.exports = { tableOf };
