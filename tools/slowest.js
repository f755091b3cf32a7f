// Prints the slowest tests of the last `dotnet test -c Release --report-xunit-xml`, all projects together. usage: node tools/slowest.js COUNT
'use strict';
const fs = require('fs');
const path = require('path');

const bin = path.join(__dirname, '..', 'artifacts', 'bin');
const results = fs.readdirSync(bin).map(project => path.join(bin, project, 'release', 'TestResults')).filter(folder => fs.existsSync(folder));
const tests = results
  .flatMap(folder => fs.readdirSync(folder).map(file => fs.readFileSync(path.join(folder, file), 'utf8')))
  .flatMap(report => [...report.matchAll(/<test [^>]*?name="([^"]*)"[^>]*?time="([^"]*)"/g)])
  .map(([, name, time]) => ({ name: name.replace(/^Changeling\./, ''), seconds: Number(time) }))
  .sort((a, b) => b.seconds - a.seconds);

for (const { name, seconds } of tests.slice(0, Number(process.argv[2]))) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name.slice(0, 160)}`);
