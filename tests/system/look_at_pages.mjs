// node look_at_pages.mjs NPM-FOLDER CHROMIUM ADDRESS CITATION: axe-core and a reader's ways over the pages of `serve`.
// LOCCIT_SCREENSHOTS: a folder for pictures to be looked at.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [npm, chromium, address, citation] = process.argv.slice(2);
const require = createRequire(npm + '/');
const browser = await require('playwright-core').chromium.launch({ executablePath: chromium, args: [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const problems = [];
const expect = (holds, what) => holds || problems.push(what);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.LOCCIT_SCREENSHOTS;

const reader = async options => {
  const page = await (await browser.newContext(options)).newPage();
  page.on('pageerror', error => problems.push('script: ' + error.message));
  page.on('response', response => response.url().startsWith(address) || problems.push('an answer from ' + response.url()));
  return page;
};

{  // Every page, in light, dark and on a phone.
  const page = await reader({});
  await page.goto(`${address}/citation/${citation}`);
  const snapshot = await page.locator('a:has-text("as archived")').first().getAttribute('href');
  const document = await page.locator('p.soft a').first().getAttribute('href');
  for (const [name, path] of Object.entries({ overview: '/', document, citation: `/citation/${citation}`, changes: '/changes',
      search: '/search?q=harbour', snapshot, missing: '/citation/999' })) {
    await page.goto(address + path);
    for (const [colorScheme, width] of [['light', 1200], ['dark', 1200], ['light', 390]]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: true });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run({ iframes: false }));
      for (const v of violations) problems.push(`axe, ${name}, ${colorScheme}, ${width} px: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide <= 0, `${name}: ${wide} px wider than the window of ${width} px`);
    }
  }
}
{  // From the list to the words, by search, and by keyboard alone.
  const page = await reader({});
  await page.goto(address + '/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.className) === 'skip', 'the first stop of the keyboard skips to the content');
  await page.getByRole('searchbox').fill('harbour');
  await page.keyboard.press('Enter');
  await page.locator('tbody a', { hasText: 'c1' }).click();
  expect(await page.locator('del.meaning').textContent().then(text => text.includes('not')), 'the word that matters is marked');
  expect(await page.locator('text=gone on').count() > 0, 'the page says when the words went');
  await page.locator('a:has-text("as archived")').first().click();
  expect(await page.locator('mark#passage').isVisible(), 'the passage is marked in the text');
}
{  // The archived page in its frame: shown, and going nowhere.
  const page = await reader({});
  await page.context().addCookies([{ name: 'loccit_token', value: 'secret', url: address }]);
  await page.goto(`${address}/citation/${citation}`);
  await page.locator('a:has-text("as archived")').first().click();
  const here = page.url();
  await page.locator('iframe').scrollIntoViewIfNeeded();
  const frame = page.frameLocator('iframe');
  await frame.locator('text=The harbour is open').waitFor();
  await frame.locator('#out').click();
  await frame.locator('#send').click();
  await page.waitForTimeout(1000);
  expect(page.url() === here, 'the frame led its page away to ' + page.url());
  expect(!(await page.title()).includes('taken'), 'the frame reached its page');
}
{  // And alone in a window of its own.
  const page = await reader({});
  await page.goto(`${address}/citation/${citation}`);
  const replay = (await page.locator('a:has-text("as archived")').first().getAttribute('href')).replace('/snapshot/', '/replay/').replace(/[?#].*/, '');
  await page.goto(address + replay);
  await page.waitForTimeout(1000);
  expect(page.url() === address + replay, 'the replay led away to ' + page.url());
  const origin = await page.evaluate(() => self.origin);
  expect(origin === 'null', 'the replay has the origin ' + origin);
}
await browser.close();
for (const problem of problems) console.log(problem);
process.exit(problems.length ? 1 : 0);
