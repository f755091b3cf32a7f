// Validates JSON documents, one a line, against a JSON Schema of draft 2020-12:
//   node tools/validate.js SCHEMA [FILE...]      standard input without FILE
// Prints one line for each document that is refused ("FILE:LINE: /path what is wrong"), then a count. Exit code 1 if any was.
'use strict';
const { readFileSync } = require('node:fs');
const Ajv2020 = require('ajv/dist/2020').default;

const [schemaFile, ...files] = process.argv.slice(2);
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

function faults(text) {
  try {
    return validate(JSON.parse(text)) ? [] : validate.errors.map(describe);
  } catch (error) {
    return [`/ ${error.message}`];
  }
}

function describe(error) {
  const extra = error.params.unevaluatedProperty ?? error.params.allowedValue ?? error.params.allowedValues?.join(' | ');
  return `${error.instancePath || '/'} ${error.message}${extra === undefined ? '' : `: ${extra}`}`;
}

let documents = 0;
let refused = 0;
for (const file of files.length ? files : ['-']) {
  const lines = readFileSync(file === '-' ? 0 : file, 'utf8').split('\n');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    documents++;
    const wrong = faults(line);
    if (wrong.length === 0) return;
    refused++;
    console.log(`${file}:${index + 1}: ${wrong.join('; ')}`);
  });
}

console.log(`${documents} documents, ${refused} refused`);
process.exitCode = refused > 0 || documents === 0 ? 1 : 0;
