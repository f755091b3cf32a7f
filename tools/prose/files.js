'use strict';
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const FOLDERS = ['docs', 'infra', 'models', 'samples', 'src', 'tests'];
const SKIPPED = new Set(['bin', 'obj', 'node_modules', 'artifacts', 'TestResults']);

/** The files that people read, as paths with "/" below the root, in a fixed order. */
function proseFiles(root) {
  const top = readdirSync(root, { withFileTypes: true });
  const pages = top.filter(entry => entry.isFile()).map(entry => entry.name);
  const below = top.filter(entry => FOLDERS.includes(entry.name)).flatMap(entry => walk(root, entry.name));
  return [...pages, ...below].filter(isProse).sort();
}

function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return [path];
  });
}

function isProse(path) {
  return path.endsWith('.md') || path.endsWith('.cs') || isJsonProse(path);
}

/** JSON files whose texts people read: rule definitions and JSON Schemas. Data and golden files are not prose. */
function isJsonProse(path) {
  return path.endsWith('.schema.json') || /\/Rules\/Definitions\/[^/]+\.json$/.test(path);
}

module.exports = { proseFiles };
