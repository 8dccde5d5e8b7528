// How soon the first page stands: LCP and CLS of home, list and a house, on a phone with a throttled 4G line (1.6 Mbit/s
// down, 150 ms, a processor four times slower) and at a desk with a slow cable (10 Mbit/s, 40 ms), and the JavaScript that
// travels. Chromium and web/node_modules are needed. Usage: node bench/first-page.mjs http://localhost:8080 [rounds] [desk]
import { createRequire } from 'node:module';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const [base = 'http://localhost:8080', rounds = '5', place = 'phone'] = process.argv.slice(2);
const { device, line, slower } = {
  phone: {
    device: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    line: { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 },
    slower: 4,
  },
  desk: {
    device: { viewport: { width: 1360, height: 900 } },
    line: { offline: false, latency: 40, downloadThroughput: 10_000_000 / 8, uploadThroughput: 2_000_000 / 8 },
    slower: 1,
  },
}[place];
const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.IHOME_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (const path of ['/', '/houses', '/houses/46']) {
  const seen = { lcp: [], cls: [], script: [] };
  for (let round = 0; round < Number(rounds); round++) {
    const context = await browser.newContext(device);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', line);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
    let script = 0;
    const kinds = new Map();
    devtools.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type));
    devtools.on('Network.loadingFinished', (event) => kinds.get(event.requestId) === 'Script' && (script += event.encodedDataLength));
    await page.addInitScript(() => {
      window.seen = { lcp: 0, cls: 0, at: 0, what: '' };
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => Object.assign(window.seen, { lcp: entry.startTime, at: performance.now(), what: entry.element?.tagName ?? entry.url }))).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => entry.hadRecentInput || (window.seen.cls += entry.value))).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(base + path);
    // Until the app runs and nothing larger has been painted for a second.
    await page.waitForSelector('#app nav.tabs, #app .foot');
    await page.waitForFunction(() => window.seen.lcp > 0 && performance.now() - window.seen.at > 1000);
    const { lcp, cls } = await page.evaluate(() => window.seen);
    seen.lcp.push(lcp);
    seen.cls.push(cls);
    seen.script.push(script);
    await context.close();
  }
  console.log(`${path.padEnd(12)} LCP ${(middle(seen.lcp) / 1000).toFixed(2)} s   CLS ${middle(seen.cls).toFixed(3)}   JavaScript ${(middle(seen.script) / 1024).toFixed(1)} KB`);
}
await browser.close();
