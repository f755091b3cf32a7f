'use strict';

/** Blocks of prose of a Markdown text: paragraphs, list items, headings and table cells, without code and addresses. */
function markdownBlocks(markdown) {
  const code = linesOfCode(markdown);
  const blocks = [];
  let block = [];
  const end = () => {
    if (block.length) blocks.push(block);
    block = [];
  };
  markdown.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const text = raw.replace(/^[\s>]+/, '');
    if (code.has(line) || text === '' || /^(---|===|\*\*\*)[-=*]*$/.test(text)) end();
    else if (text.startsWith('|')) {
      end();
      for (const cell of cells(text)) blocks.push([{ line, text: plain(cell) }]);
    } else if (/^#{1,6}\s/.test(text)) {
      end();
      blocks.push([{ line, text: plain(text.replace(/^#+\s+/, '')) }]);
    } else {
      const item = /^([-*+]|\d+[.)])\s+/.exec(text);
      if (item) end();
      block.push({ line, text: plain(item ? text.slice(item[0].length) : text) });
    }
  });
  end();
  return blocks;
}

/** Numbers of the lines that Markdown cannot break: rows of tables, and code between fences. */
function linesOfTablesAndCode(markdown) {
  const rows = markdown.split(/\r?\n/).flatMap((text, index) => (text.trimStart().startsWith('|') ? [index + 1] : []));
  return new Set([...linesOfCode(markdown), ...rows]);
}

function linesOfCode(markdown) {
  const lines = new Set();
  let fence;
  markdown.split(/\r?\n/).forEach((text, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence || mark) lines.add(index + 1);
    if (fence && mark?.startsWith(fence)) fence = undefined;
    else fence ??= mark;
  });
  return lines;
}

function cells(row) {
  return row.split(/(?<!\\)\|/).map(cell => cell.trim()).filter(cell => cell !== '' && !/^:?-+:?$/.test(cell));
}

/** Text as it is read: a link is its text, code in backticks is one word. */
function plain(text) {
  return text
    .replace(/(`+)(.+?)\1/g, 'Code')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<?https?:\/\/\S+>?/g, 'Link')
    .replace(/<[^>]+>/g, '');
}

module.exports = { markdownBlocks, linesOfTablesAndCode };
