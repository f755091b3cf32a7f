'use strict';

/** Each string value of a JSON text is a block. Names of properties are not prose. */
function jsonBlocks(json) {
  const blocks = [];
  json.split(/\r?\n/).forEach((text, index) => {
    for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) {
      if (match[1] === undefined) blocks.push([{ line: index + 1, text: JSON.parse(match[0]) }]);
    }
  });
  return blocks;
}

module.exports = { jsonBlocks };
