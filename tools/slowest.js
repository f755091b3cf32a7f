// Prints the slowest tests of a run with `--report-xunit-xml --results-directory FOLDER`, all projects together. usage: node tools/slowest.js COUNT FOLDER
'use strict';
const fs = require('fs');
const path = require('path');

const [count, folder] = process.argv.slice(2);
const reports = fs.existsSync(folder) ? fs.readdirSync(folder).filter(file => file.endsWith('.xml')) : [];
const tests = reports
  .map(file => fs.readFileSync(path.join(folder, file), 'utf8'))
  .flatMap(report => [...report.matchAll(/<test [^>]*?name="([^"]*)"[^>]*?time="([^"]*)"/g)])
  .map(([, name, time]) => ({ name: name.replace(/^Changeling\./, ''), seconds: Number(time) }))
  .sort((a, b) => b.seconds - a.seconds);

for (const { name, seconds } of tests.slice(0, Number(count))) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name.slice(0, 160)}`);
