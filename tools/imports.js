// Says which C# files import namespaces in another order than `dotnet format` would give them: System first, then by name; `using static` and
// aliases after them. `dotnet format whitespace` without a workspace does not look at it. usage: node tools/imports.js FOLDER…
'use strict';
const fs = require('fs');
const path = require('path');

const skipped = new Set(['artifacts', 'bin', 'obj', 'node_modules', '.git']);
const line = /^(global )?using (?:(static) )?(?:(\w+) = )?([\w.:<>?, ]+);$/;

function* files(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* files(path.join(folder, entry.name));
    } else if (entry.name.endsWith('.cs')) {
      yield path.join(folder, entry.name);
    }
  }
}

// Kind first, then System, then each part of the name without regard to case.
function key([, , isStatic, alias, name]) {
  const kind = alias ? '2' : isStatic ? '1' : '0';
  const text = alias ?? name;
  const system = !alias && /^System(\.|$)/.test(text) ? '0' : '1';
  return [kind, system, text.toLowerCase().replaceAll('.', ' ')].join('');
}

let wrong = 0;
for (const file of process.argv.slice(2).flatMap(folder => [...files(folder)])) {
  const keys = fs.readFileSync(file, 'utf8').split('\n').map(l => l.trimEnd().match(line)).filter(Boolean).map(key);
  const at = keys.findIndex((k, i) => i > 0 && k < keys[i - 1]);
  if (at >= 0) {
    wrong++;
    console.log(`${file}: the imports are not sorted (number ${at + 1})`);
  }
}

process.exit(wrong ? 1 : 0);
