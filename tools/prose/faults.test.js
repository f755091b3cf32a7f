// node --test tools/prose/
'use strict';
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { lineLimits } = require('./editorconfig');
const { longLines, longSentences, privateWords } = require('./faults');

const words = count => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const long = `Begins ${words(35)}.`;
const fine = `Begins ${words(34)}.`;
const faultsIn = (file, text) => longSentences(file, text).map(fault => fault.line);

for (const [name, file, text] of [
  ['a paragraph', 'a.md', `# Title\n\n${long}`],
  ['a paragraph over several lines', 'a.md', `# Title\n\n${long.replaceAll(' word', '\nword')}`],
  ['a sentence after another', 'a.md', `# Title\n\nShort. ${long}`],
  ['a list item', 'a.md', `# Title\n\n* ${long}`],
  ['a table cell', 'a.md', `# Title\n\n| short | ${long} |`],
  ['a sentence with semicolons', 'a.md', `# Title\n\n${long.replaceAll(' word', '; word')}`],
  ['a comment', 'a.cs', `class A;\n\n// ${long}`],
  ['a comment over several lines', 'a.cs', `class A;\n\n// ${long.replaceAll(' word', '\n// word')}`],
  ['a comment behind code', 'a.cs', `class A;\n\nvar a = "//"; // ${long}`],
  ['a comment behind an interpolated string', 'a.cs', `class A;\n\nvar a = $"{b["//"]} \\" //"; // ${long}`],
  ['a summary', 'a.cs', `class A;\n\n/// <summary>${long}</summary>`],
  ['a remark after a summary', 'a.cs', `/// <summary>Short</summary>\n/// <remarks>\n/// ${long}`],
  ['a block comment', 'a.cs', `class A;\n\n/* ${long} */`],
  ['a text of a rule', 'src/Core/Rules/Definitions/a.json', `{\n"a": "b",\n"description": "${long}"\n}`],
]) {
  test(`${name} of 36 words is a fault at its line`, () => assert.deepEqual(faultsIn(file, text), [3]));
  test(`${name} of 35 words is none`, () => assert.deepEqual(faultsIn(file, text.replaceAll(long, fine).replaceAll('word34.', '.')), []));
}

for (const [name, file, text] of [
  ['code between fences', 'a.md', `\`\`\`\n${long}\n\`\`\``],
  ['code in a line', 'a.md', `The words \`${long}\` are one.`],
  ['an address', 'a.md', `See [there](https://example.com/${words(40).replaceAll(' ', '/')}).`],
  ['two cells of a table', 'a.md', `| ${words(20)} | ${words(20)} |`],
  ['two list items', 'a.md', `* ${words(20)}\n* ${words(20)}`],
  ['a heading and a paragraph', 'a.md', `# ${words(20)}\n${words(20)}`],
  ['a string', 'a.cs', `var a = "// ${long}";`],
  ['a verbatim string', 'a.cs', `var a = @"\\"; var b = "// ${long}";`],
  ['a raw string', 'a.cs', `var a = """\n  // "${long}"\n  """;`],
  ['a character', 'a.cs', `var a = '"'; var b = "// ${long}";`],
  ['two elements of a doc comment', 'a.cs', `/// <summary>${words(20)}</summary>\n/// <param name="a">${words(20)}</param>`],
  ['code in a doc comment', 'a.cs', `/// <code>\n/// ${long}\n/// </code>`],
  ['two comments with code between', 'a.cs', `// ${words(20)}\nvar a = 1;\n// ${words(20)}`],
  ['two comments behind code', 'a.cs', `a(); // ${words(20)}\nb(); // ${words(20)}`],
]) {
  test(`${name} cannot be too long`, () => assert.deepEqual(faultsIn(file, text), []));
}

test('a fault says how many words there are, and how the sentence begins', () => {
  const [fault] = longSentences('a.md', long);

  assert.match(fault.what, /36 words \(at most 35\)/);
  assert.equal(fault.start, 'Begins word0 word1 word2 word3 word4 word5 word6 …');
});

const limit = lineLimits('[*]\nindent_size = 2\n[*.cs]\nmax_line_length = 20\n[*.{md,txt}]\nmax_line_length = 30\n');

test('limits of lines come from the .editorconfig', () => {
  assert.deepEqual(['a.cs', 'b/a.md', 'a.json'].map(limit), [20, 30, undefined]);
});

test('a section that the check does not understand is an error', () => {
  assert.throws(() => lineLimits('[src/**/*.cs]'), /src/);
});

for (const [name, file, text, lines] of [
  ['a line over the limit', 'a.cs', `short;\n${words(10)}`, [2]],
  ['a line at the limit', 'a.cs', 'a'.repeat(20), []],
  ['a long line of a kind without a limit', 'a.json', words(10), []],
  ['a comment over the limit', 'a.cs', `// ${words(10)}`, [1]],
  ['a string that no break can shorten', 'a.cs', `var a = "${words(10)}";`, []],
  ['a row of a table', 'a.md', `| ${words(10)} |`, []],
  ['code in Markdown', 'a.md', `\`\`\`\n${words(10)}\n\`\`\`\n${words(10)}`, [4]],
]) {
  test(`${name}: ${lines.length} faults`, () => assert.deepEqual(longLines(file, text, limit(file)).map(fault => fault.line), lines));
}

test('a file outside the repository is a fault', () => {
  assert.deepEqual(privateWords('fine\n--data ../shared/corpus\nsee design.md').map(fault => fault.line), [2, 3]);
});
