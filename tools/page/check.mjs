// Opens HTML pages in Chromium, as people do, and says what is wrong with them:
//   node tools/page/check.mjs [--pictures FOLDER] PAGE...
// Each page is opened light and dark, on a phone (360 pixels wide) and on a laptop (1280), and as print. Prints JSON: for each page the
// number of parts that open, and its faults. Exit code 1 if there is any fault.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const axe = createRequire(import.meta.url)('axe-core');

const widths = { phone: 360, laptop: 1280 };
const schemes = ['light', 'dark'];
const grave = ['serious', 'critical'];

/** A tab that notes what no page of ours may do: ask for anything, open a dialog or another window, or fail. */
async function open(browser, file) {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: widths.laptop, height: 800 } });
  const tab = await context.newPage();
  const faults = [];
  const own = pathToFileURL(resolve(file)).href;
  tab.on('request', request => {
    if (request.url().split('#')[0] !== own && !request.url().startsWith('data:')) faults.push(`it asks for ${request.url()}`);
  });
  tab.on('dialog', async dialog => {
    faults.push(`it opens a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  tab.on('popup', () => faults.push('it opens a window'));
  tab.on('console', message => faults.push(`console: ${message.text()}`));
  tab.on('pageerror', error => faults.push(`script error: ${error.message}`));
  await tab.goto(own);
  return { context, tab, faults };
}

/** What could run: no page of ours has any of it. */
function active() {
  const found = [...document.querySelectorAll('script, iframe, object, embed, form, img, base, svg a, svg image, svg foreignObject')];
  const handlers = [...document.querySelectorAll('*')]
    .filter(e => [...e.attributes].some(a => a.name.startsWith('on') || /^\s*javascript:/i.test(a.value)));
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
  return [
    ...found.map(e => `it has an element ${e.localName}`),
    ...handlers.map(e => `an attribute of ${e.localName} is a script`),
    ...(policy.startsWith("default-src 'none'") && !policy.includes('script-src') ? [] : ['its policy lets something run']),
  ];
}

/** What axe finds, of all rules or of some. */
async function accessibility(tab, runOnly) {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate(
    rules => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false, ...(rules ? { runOnly: rules } : {}) }), runOnly);
  return violations.filter(v => grave.includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.length} times, for example ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any[0]?.message ?? ''}`);
}

const sideways = tab => tab.evaluate(() => {
  const page = document.documentElement;
  return page.scrollWidth > page.clientWidth ? [`it is ${page.scrollWidth} pixels wide in a window of ${page.clientWidth}`] : [];
});

/** Goes through the page with the tab key, and opens and closes what is there with Enter. */
async function keyboard(tab) {
  const summaries = await tab.evaluate(() => {
    const shown = [...document.querySelectorAll('summary')].filter(s => s.checkVisibility({ contentVisibilityAuto: true }));
    shown.forEach((summary, place) => summary.dataset.place = place);
    return shown.length;
  });
  const reached = new Set();
  const stops = await tab.evaluate(() => document.querySelectorAll('a, summary, [tabindex]').length);
  const faults = [];
  for (let stop = 0; stop <= stops && reached.size < summaries; stop++) {
    await tab.keyboard.press('Tab');
    const place = await tab.evaluate(() => document.activeElement?.dataset?.place);
    if (place === undefined || reached.has(place)) continue;
    reached.add(place);
    if (reached.size > 1) continue;
    const isOpen = () => tab.evaluate(() => document.activeElement.parentElement.open);
    const before = await isOpen();
    await tab.keyboard.press('Enter');
    if (await isOpen() === before) faults.push('Enter does not open or close a part of it');
    await tab.keyboard.press('Enter');
  }

  if (reached.size < summaries) faults.push(`the keyboard reaches ${reached.size} of ${summaries} parts that open`);
  return { summaries, faults };
}

/** On paper nothing can be opened: everything must be there. */
async function print(tab) {
  await tab.emulateMedia({ media: 'print', colorScheme: 'light' });
  const hidden = await tab.evaluate(() => [...document.querySelectorAll('.body')].filter(b => b.getBoundingClientRect().height === 0).length);
  return hidden > 0 ? [`${hidden} parts are not printed`] : [];
}

async function check(browser, file, pictures) {
  const { context, tab, faults: seen } = await open(browser, file);
  const faults = [];
  const take = async (name, options) => {
    if (pictures) await tab.screenshot({ path: join(pictures, `${basename(file, '.html')}-${name}.png`), ...options });
  };
  const keys = await keyboard(tab);
  faults.push(...keys.faults, ...await tab.evaluate(active));
  await tab.reload();
  for (const colorScheme of schemes) {
    for (const [device, width] of Object.entries(widths)) {
      await tab.emulateMedia({ colorScheme });
      await tab.setViewportSize({ width, height: 800 });
      await take(`${device}-${colorScheme}`);
      faults.push(...(await sideways(tab)).map(fault => `closed, on a ${device}: ${fault}`));
    }
  }

  await tab.evaluate(() => document.querySelectorAll('details').forEach(part => part.open = true));
  for (const [device, colorScheme, rules] of [['laptop', 'light'], ['phone', 'dark', ['color-contrast', 'target-size']]]) {
    await tab.emulateMedia({ colorScheme });
    await tab.setViewportSize({ width: widths[device], height: 800 });
    const found = [...await sideways(tab), ...await accessibility(tab, rules)];
    faults.push(...found.map(fault => `open, ${colorScheme}, on a ${device}: ${fault}`));
    await take(`${device}-${colorScheme}-whole`, { fullPage: true });
  }

  await tab.reload();
  faults.push(...await print(tab));
  if (pictures) await tab.pdf({ path: join(pictures, `${basename(file, '.html')}.pdf`) });
  await context.close();
  return { page: file, parts_that_open: keys.summaries, faults: [...new Set([...faults, ...seen])] };
}

const files = process.argv.slice(2);
const pictures = files[0] === '--pictures' ? files.splice(0, 2)[1] : undefined;

// The browser is unpacked for this run alone: two runs that shared it could meet a half of it.
const folder = mkdtempSync(join(tmpdir(), 'changeling-browser-'));
process.env.TMPDIR = folder;
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu'], headless: true });
try {
  const pages = await Promise.all(files.map(file => check(browser, file, pictures)));
  console.log(JSON.stringify({ browser: browser.version(), pages }, null, 1));
  process.exitCode = pages.length > 0 && pages.every(page => page.faults.length === 0) ? 0 : 1;
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
