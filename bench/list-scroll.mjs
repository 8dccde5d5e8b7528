// How smoothly a long list scrolls: frames a second while a thousand houses and more are on the page, at phone size and
// with a processor four times slower, by the app's own endless list. Chromium and web/node_modules are needed, and a
// server with at least a thousand listings. Usage: node bench/list-scroll.mjs http://localhost:8080 [houses] [rounds]
import { createRequire } from 'node:module';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const [base = 'http://localhost:8080', wanted = '1000', rounds = '5'] = process.argv.slice(2);
const SLOWER = Number(process.env.SLOWER ?? 1);
const SECONDS = 4;
const PIXELS_A_SECOND = 3000;
const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.IHOME_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
const page = await context.newPage();
await page.goto(`${base}/houses`);
await page.waitForSelector('article.house');
for (let count = 0; count < Number(wanted); ) {
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.waitForFunction((before) => document.querySelectorAll('article.house').length > before, count, { timeout: 20_000 });
  count = await page.locator('article.house').count();
}
const count = await page.locator('article.house').count();
const devtools = await context.newCDPSession(page);
await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
const seen = { rate: [], slow: [], longest: [] };
for (let round = 0; round < Number(rounds); round++) {
  const frames = await page.evaluate(
    ([seconds, speed]) =>
      new Promise((resolve) => {
        window.scrollTo(0, 0);
        const times = [];
        const start = performance.now();
        const step = (now) => {
          times.push(now);
          window.scrollTo(0, ((now - start) / 1000) * speed);
          if (now - start < seconds * 1000) requestAnimationFrame(step);
          else resolve(times);
        };
        requestAnimationFrame(step);
      }),
    [SECONDS, PIXELS_A_SECOND],
  );
  const gaps = frames.slice(1).map((time, index) => time - frames[index]);
  seen.rate.push((gaps.length / (frames.at(-1) - frames[0])) * 1000);
  seen.slow.push((gaps.filter((gap) => gap > 1000 / 30).length / gaps.length) * 100);
  seen.longest.push(Math.max(...gaps));
}
console.log(
  `${count} houses on the page, scrolled at ${PIXELS_A_SECOND} pixels a second, processor ${SLOWER} times slower: ` +
    `${middle(seen.rate).toFixed(1)} frames a second, ${middle(seen.slow).toFixed(1)} % of them longer than 33 ms, the longest ${middle(seen.longest).toFixed(0)} ms (medians of ${rounds})`,
);
await browser.close();
