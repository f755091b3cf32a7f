// Fails on sentences and lines that are too long to read:
//   node tools/prose/check.js [FOLDER]      the repository without FOLDER
// Reads Markdown, comments in C#, and the texts of rule files and JSON Schemas. Prints "FILE:LINE: what is wrong: its beginning"
// for each fault, then a count. The exit code is 1 if there was a fault.
'use strict';
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { proseFiles } = require('./files');
const { lineLimits } = require('./editorconfig');
const { longLines, longSentences, privateWords } = require('./faults');

const root = resolve(process.argv[2] ?? join(__dirname, '..', '..'));
const limitOf = lineLimits(readFileSync(join(root, '.editorconfig'), 'utf8'));

let files = 0;
let faults = 0;
for (const file of proseFiles(root)) {
  const text = readFileSync(join(root, file), 'utf8');
  files++;
  for (const fault of [...longSentences(file, text), ...longLines(file, text, limitOf(file)), ...privateWords(text)]) {
    faults++;
    console.log(`${file}:${fault.line}: ${fault.what}: ${fault.start}`);
  }
}

console.log(`${files} files, ${faults} faults`);
process.exitCode = faults > 0 || files === 0 ? 1 : 0;
