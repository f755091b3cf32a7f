'use strict';

/** Blocks of prose in C#: XML doc comments by element, comments after "//" and between "/*" and its end. Code is left out. */
function csharpBlocks(source) {
  return paragraphs(comments(source)).flatMap(paragraph => (paragraph[0].doc ? docBlocks(paragraph) : [paragraph.map(plainLine)]));
}

/** Numbers of the lines that hold a string which no line break could shorten below the limit. */
function linesOfLongStrings(source, limit) {
  const lines = new Set();
  for (const { line, text } of tokens(source).filter(token => token.string)) {
    const parts = text.split('\n');
    if (parts.length > 1 || text.length > limit - 30) parts.forEach((_, index) => lines.add(line + index));
  }
  return lines;
}

/** Every comment line as { line, text, doc, alone }: `doc` after "///", `alone` where no code stands before it. */
function comments(source) {
  return tokens(source).filter(token => !token.string).flatMap(({ line, text, alone }) => {
    const doc = text.startsWith('///') && !text.startsWith('////');
    return text.replace(/^\/\/\/?|^\/\*|\*\/$/g, '').split('\n')
      .map((part, index) => ({ line: line + index, text: part.replace(/^\s*\*/, '').trim(), doc, alone }));
  });
}

/** Comments and strings in order, as { line, text, string, alone }: `alone` where no code stands before it on its line. */
function tokens(source) {
  const found = [];
  let line = 1;
  let alone = true;
  for (let at = 0; at < source.length;) {
    const comment = commentLength(source, at);
    const length = comment || stringLength(source, at);
    const text = source.slice(at, at + Math.max(length, 1));
    if (length > 0) found.push({ line, text, string: comment === 0, alone });
    line += text.split('\n').length - 1;
    alone = length > 0 ? false : text === '\n' || (alone && text.trim() === '');
    at += text.length;
  }
  return found;
}

/** Length of the comment that begins here, 0 if none does. */
function commentLength(source, at) {
  if (source.startsWith('//', at)) return endOfLine(source, at) - at;
  if (source.startsWith('/*', at)) return indexAfter(source, '*/', at + 2) - at;
  return 0;
}

/** Length of the string or character literal that begins here, 0 if none does. */
function stringLength(source, at) {
  const start = /^(?:\$+@?|@\$?)?"+|^'/.exec(source.slice(at, at + 64));
  if (!start) return 0;
  if (start[0] === "'") return (/^'(?:\\[^\n]+?|[^'\\\n])'/.exec(source.slice(at, at + 16)) ?? ["'"])[0].length;
  const prefix = start[0].replace(/"+$/, '');
  const quotes = start[0].length - prefix.length;
  if (quotes >= 3) return indexAfter(source, '"'.repeat(quotes), at + start[0].length) - at;
  if (quotes === 2 && !prefix.includes('@')) return start[0].length;
  return endOfString(source, at + prefix.length + 1, prefix) - at;
}

/** Index after a regular or verbatim string whose text begins here. Holes of an interpolated string may hold strings. */
function endOfString(source, from, prefix) {
  const verbatim = prefix.includes('@');
  const interpolated = prefix.includes('$');
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const character = source[at];
    if (depth > 0) {
      if (character === '{') depth++;
      else if (character === '}') depth--;
      else if (character === '"' || character === '$' || character === '@' || character === "'") at += Math.max(stringLength(source, at), 1) - 1;
    } else if (verbatim && character === '"' && source[at + 1] === '"') at++;
    else if (!verbatim && character === '\\') at++;
    else if (interpolated && character === '{') {
      if (source[at + 1] === '{') at++;
      else depth = 1;
    } else if (character === '"') return at + 1;
    else if (character === '\n' && !verbatim) return at;
  }
  return source.length;
}

/** Comment lines that follow each other, of one kind, without an empty one between them. */
function paragraphs(lines) {
  const found = [];
  let last;
  for (const each of lines) {
    if (each.text === '') {
      last = undefined;
      continue;
    }
    const goesOn = last && last.line + 1 === each.line && last.doc === each.doc && each.alone && last.alone;
    if (goesOn) found.at(-1).push(each);
    else found.push([each]);
    last = each;
  }
  return found;
}

const ELEMENTS = /<\/?(?:summary|remarks|para|list|item|listheader|term|description|value|returns|param|typeparam|exception|example)\b[^>]*>/g;

/** The blocks of a doc comment: one for each element that a reader sees as a paragraph of its own. */
function docBlocks(paragraph) {
  const blocks = [[]];
  let inCode = false;
  for (const { line, text } of paragraph) {
    const prose = text.replace(/<code>.*?<\/code>/g, '');
    if (prose.includes('<code>')) inCode = true;
    if (!inCode) {
      prose.split(ELEMENTS).forEach((part, index) => {
        if (index > 0) blocks.push([]);
        if (part.trim() !== '') blocks.at(-1).push(plainLine({ line, text: part.trim() }));
      });
    }
    if (prose.includes('</code>')) inCode = false;
  }
  return blocks.filter(block => block.length > 0);
}

function plainLine({ line, text }) {
  return {
    line,
    text: text
      .replace(/<c>.*?<\/c>/g, 'Code')
      .replace(/<(?:see|seealso|paramref|typeparamref)\b[^>]*?\/>/g, 'Code')
      .replace(/<[^>]+>/g, '')
      .replace(/https?:\/\/\S+/g, 'Link')
      .replace(/`[^`]+`/g, 'Code'),
  };
}

function endOfLine(source, at) {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

function indexAfter(source, text, from) {
  const index = source.indexOf(text, from);
  return index < 0 ? source.length : index + text.length;
}

module.exports = { csharpBlocks, linesOfLongStrings };
