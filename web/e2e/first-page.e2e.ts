/**
 * How soon a first page stands, on a throttled line: bounds that only a fault passes, as the machine may be busy. The
 * figures are bench/first-page.mjs's.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hostZh } from '../src/i18n/host-zh';
import { open, type Size, visit } from './browser';
import { Person } from './people';

const LINES = {
  phone: { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 768_000 / 8 },
  desk: { offline: false, latency: 40, downloadThroughput: 10_000_000 / 8, uploadThroughput: 2_000_000 / 8 },
} as const;
const MOST_SCRIPT = 75 * 1024;
const LATEST = 4000;
const MOST_SHIFT = 0.05;

let browser: Browser;
let house: number;
beforeAll(async () => {
  browser = await open();
  house = await (await Person.register()).publish('第一眼就看见的院子', 399);
});
afterAll(() => browser?.close());

describe.each(Object.keys(LINES) as Size[])('at %s size', (size) => {
  test.each(['home', 'list', 'house'] as const)(
    '%s: the largest picture comes soon, and nothing jumps',
    async (view) => {
      const { page, context } = await visit(browser, size);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', LINES[size]);
      await page.addInitScript(() => {
        const seen = { largest: 0, shift: 0, at: 0 };
        Object.assign(window, { seen });
        new PerformanceObserver((list) =>
          list
            .getEntries()
            .forEach((entry) => Object.assign(seen, { largest: entry.startTime, at: performance.now() })),
        ).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean; value: number })[])
            if (!entry.hadRecentInput) seen.shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto({ home: '/', list: '/houses', house: `/houses/${house}` }[view]);
      await page.waitForSelector('#main h1');
      const seen = () =>
        page.evaluate(() => (window as unknown as { seen: { largest: number; shift: number; at: number } }).seen);
      await page.waitForFunction(() => {
        const { largest, at } = (window as unknown as { seen: { largest: number; at: number } }).seen;
        return largest > 0 && performance.now() - at > 1500;
      });
      const { largest, shift } = await seen();
      expect(largest).toBeLessThan(LATEST);
      expect(shift).toBeLessThanOrEqual(MOST_SHIFT);
      await context.close();
    },
  );
});

test('the first page loads at most 75 KB of JavaScript', async () => {
  const html = await (await fetch(inject('url'))).text();
  const scripts = new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]!));
  expect(scripts.size).toBeGreaterThan(1);
  let sum = 0;
  for (const script of scripts) {
    const answer = await fetch(inject('url') + script, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.headers.get('Content-Encoding'), script).toBe('br');
    sum += Number(answer.headers.get('Content-Length'));
    // The texts of the host's pages come with the first of those.
    expect(await answer.text(), script).not.toContain(hostZh['publish.privateHint']);
  }
  expect(sum).toBeGreaterThan(20 * 1024);
  expect(sum).toBeLessThanOrEqual(MOST_SCRIPT);
});
