// What a reader sees of each page, by a real browser without scripts, and on paper where a page names a "pdf" to print to:
// node browser_text.mjs PAGES.json OUT.json
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
const require = createRequire(process.env.LOCCIT_NPM + '/');
const [pages, out] = process.argv.slice(2);
const browser = await require('playwright-core').chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
// Everything but the page itself is left out: what a style sheet elsewhere hides, loccit cannot know.
const answer = file => {
  const bytes = readFileSync(file);
  // A browser takes UTF-8 that no label names for windows-1252.
  let contentType = 'text/html; charset=utf-8';
  try { new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { contentType = 'text/html'; }
  // A refresh would lead away while the page is being read; latin1 keeps every byte.
  return { body: Buffer.from(bytes.toString('latin1').replace(/http-equiv=.?refresh/gi, 'data-left-out'), 'latin1'), contentType };
};
await context.route('**/*', route => route.request().isNavigationRequest() && !route.request().frame().parentFrame()
  ? route.fulfill(answer(new URL(route.request().url()).searchParams.get('file'))) : route.abort());
const seen = {};
for (const page of JSON.parse(readFileSync(pages))) {
  const tab = await context.newPage();
  try {
    await tab.goto('http://page.example/?file=' + encodeURIComponent(page.file), { waitUntil: 'domcontentloaded', timeout: 20000 });
    seen[page.file] = await tab.evaluate(() => {
      // What is said to readers without scripts is no part of the page that was quoted.
      document.querySelectorAll('noscript').forEach(element => element.remove());
      return document.body ? document.body.innerText : '';
    });
    if (page.pdf) await tab.pdf({ path: page.pdf, format: 'A4', displayHeaderFooter: true, margin: { top: '20mm', bottom: '20mm' } });
  } catch (error) {
    console.error(page.file, String(error).split('\n')[0]);
  }
  await tab.close();
}
writeFileSync(out, JSON.stringify(seen));
await browser.close();
