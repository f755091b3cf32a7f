'use strict';

/** A function from a file's path to its max_line_length in the .editorconfig, or undefined where it has none. */
function lineLimits(editorconfig) {
  const sections = [];
  for (const line of editorconfig.split(/\r?\n/)) {
    const section = /^\s*\[(.+)\]\s*$/.exec(line);
    if (section) sections.push({ matches: extensionPattern(section[1]) });
    const limit = /^\s*max_line_length\s*=\s*(\S+)/.exec(line);
    if (limit && sections.length) sections.at(-1).limit = limit[1] === 'off' ? undefined : Number(limit[1]);
  }
  return path => sections.filter(section => 'limit' in section && section.matches.test(path)).at(-1)?.limit;
}

/** Section names of the forms that we use: "*", "*.cs" and "*.{json,yaml}". */
function extensionPattern(glob) {
  if (glob === '*') return /^/;
  const single = /^\*\.(\w+)$/.exec(glob);
  if (single) return new RegExp(`\\.${single[1]}$`);
  const several = /^\*\.\{([\w,]+)\}$/.exec(glob);
  if (several) return new RegExp(`\\.(${several[1].replaceAll(',', '|')})$`);
  throw new Error(`.editorconfig: this check does not understand the section [${glob}]`);
}

module.exports = { lineLimits };
