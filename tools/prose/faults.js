'use strict';
const { markdownBlocks, linesOfTablesAndCode } = require('./markdown');
const { csharpBlocks, linesOfLongStrings } = require('./csharp');
const { jsonBlocks } = require('./json');
const { sentences, countWords } = require('./sentences');

const MAX_WORDS = 35;

/** Sentences of more than 35 words. */
function longSentences(file, text) {
  return blocksOf(file, text).flatMap(block =>
    sentences(block).map(sentence => ({ ...sentence, words: countWords(sentence.text) })).filter(sentence => sentence.words > MAX_WORDS)
      .map(({ line, words, text: start }) => ({ line, what: `a sentence of ${words} words (at most ${MAX_WORDS})`, start: beginning(start) })));
}

function blocksOf(file, text) {
  if (file.endsWith('.md')) return markdownBlocks(text);
  if (file.endsWith('.cs')) return csharpBlocks(text);
  return jsonBlocks(text);
}

/** Lines over the limit. Left out are lines that cannot be shorter: rows of Markdown tables, code in Markdown, long strings. */
function longLines(file, text, limit) {
  if (limit === undefined) return [];
  const unbreakable = unbreakableLines(file, text, limit);
  return text.split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, length: line.length, what: `a line of ${line.length} characters (at most ${limit})`, start: beginning(line.trim()) }))
    .filter(({ line, length }) => length > limit && !unbreakable.has(line));
}

function unbreakableLines(file, text, limit) {
  if (file.endsWith('.md')) return linesOfTablesAndCode(text);
  return file.endsWith('.cs') ? linesOfLongStrings(text, limit) : new Set();
}

/** Words that point to files which a reader of this repository does not have. */
function privateWords(text) {
  return text.split(/\r?\n/).flatMap((line, index) =>
    /\bdesign\.md\b|\.\.\/shared\b/.test(line) ? [{ line: index + 1, what: 'a file outside the repository', start: beginning(line.trim()) }] : []);
}

function beginning(text) {
  const words = text.split(/\s+/);
  return words.length > 8 ? `${words.slice(0, 8).join(' ')} …` : text;
}

module.exports = { longSentences, longLines, privateWords };
