'use strict';

/**
 * The sentences of a block. A block is a list of { line, text }: the lines of one paragraph, table cell or list item.
 * A sentence ends at ".", "!", "?" or "…" before a space and a character that can begin a sentence.
 */
function sentences(block) {
  const found = [];
  let sentence = { line: 0, text: '' };
  for (const { line, text } of block) {
    for (const part of text.split(/(?<=[.!?…][)"”*_]*)\s+(?=[("“*_[`\p{Lu}\p{N}])/u).map((part, index) => ({ part, starts: index > 0 }))) {
      if (part.starts || endsSentence(sentence.text, part.part)) {
        found.push(sentence);
        sentence = { line, text: '' };
      }
      if (sentence.text === '') sentence.line = line;
      sentence.text = `${sentence.text} ${part.part}`.trim();
    }
  }
  return [...found, sentence].filter(each => each.text !== '');
}

/** Whether a sentence ended with the line before. */
function endsSentence(before, next) {
  return /[.!?…][)"”*_]*$/.test(before) && /^[("“*_[`\p{Lu}\p{N}]/u.test(next);
}

/** Words of a sentence: what holds a letter or digit between spaces, slashes and long dashes. */
function countWords(text) {
  return text.split(/[\s–—]+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

module.exports = { sentences, countWords };
