// Prints the table of sizes and prices of docs/deploy.md from infra/prices.json, as Markdown:
//   node tools/sizing.js [FILE]      infra/prices.json without FILE
// A test compares the page with the output. Exit code 1 with a sentence if the file cannot be used.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { checked, sizeOf } = require('./sizing/sizes');
const { tableOf } = require('./sizing/table');

const file = process.argv[2] ?? join(__dirname, '..', 'infra', 'prices.json');
try {
  const input = checked(JSON.parse(readFileSync(file, 'utf8')));
  process.stdout.write(tableOf(input, input.fleets.map(fleet => sizeOf(input, fleet))));
} catch (error) {
  console.error(`${file}: ${error.message}`);
  process.exitCode = 1;
}
