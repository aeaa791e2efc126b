// node open_fragments.mjs NPM-FOLDER CHROMIUM PORT < [{url, exact}, …]: opens each URL as a link would be opened and says, as JSON,
// whether the browser scrolled, and whether the words it should have found are in the window.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [npm, chromium, port] = process.argv.slice(2);
const passages = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(npm + '/');
const browser = await require('playwright-core').chromium.launch({ executablePath: chromium, args: [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--host-resolver-rules=MAP * 127.0.0.1:${port}`] });
const context = await browser.newContext({ viewport: { width: 1000, height: 600 } });

// Runs in the page: where on the window do the words stand, wherever they stand?
const look = exact => {
  const bare = text => text.replace(/[\s\u00ad\u200b]+/g, '');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let all = '';
  const places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const rendered = node.parentElement.getClientRects().length > 0;
    if (!rendered) continue;
    for (let i = 0; i < node.data.length; ++i) {
      if (bare(node.data[i]) === '') continue;
      all += node.data[i];
      places.push([node, i]);
    }
  }
  const wanted = bare(exact);
  let seen = false;
  for (let at = all.indexOf(wanted); at >= 0 && !seen; at = all.indexOf(wanted, at + 1)) {
    const range = document.createRange();
    range.setStart(...places[at]);
    range.setEnd(places[at][0], places[at][1] + 1);
    const { top, bottom } = range.getBoundingClientRect();
    seen = bottom > 0 && top < window.innerHeight;
  }
  return { scrolled: window.scrollY > 0, seen };
};

const found = [];
for (const { url, exact } of passages) {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  let result = { scrolled: false, seen: false };
  for (let tries = 0; tries < 30 && !result.seen; ++tries) {
    if (tries > 0) await page.waitForTimeout(50);
    result = await page.evaluate(look, exact);
  }
  found.push(result);
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));
