/** What lies over a page: gallery, calendar, sheets. Keys, names, focus, and Back, which closes it and leaves no trace. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { Person } from './people';
import { type Language, wordsOf } from './words';

let browser: Browser;
let house = 0;
let host: Person;

beforeAll(async () => {
  browser = await open();
  host = await Person.register();
  house = await host.publish('三张照片的院子', 410, 3);
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];

describe.each(WAYS)('over a page at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  let visitor: Visitor;
  let page: Page;
  const opener = size === 'desk' ? '.gallery .all' : '.gallery .swiped button[tabindex="0"]';
  const calendarOpener = size === 'desk' ? '.box .dates' : '.foot-bar .sum';
  const place = () => page.textContent('dialog header [aria-hidden]');
  const dialogs = () => page.locator('dialog[open]').count();
  const focused = () => page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, opener);

  beforeAll(async () => {
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    await page.goto('/houses');
    await page.waitForSelector('article.house');
    await page.goto(`/houses/${house}`);
    await page.waitForSelector(opener);
  });
  afterAll(() => visitor?.context.close());

  test('the gallery has a name, buttons and keys; focus is inside, and comes back', async () => {
    await page.click(opener);
    await page.waitForSelector('dialog[open] img');
    expect(await page.getAttribute('dialog', 'aria-label')).toBe(say('gallery.title', { title: '三张照片的院子' }));
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    await expect.poll(place).toBe('1 / 3');
    await accessible(page);
    await picture(page, 'gallery', size);
    await page.keyboard.press('ArrowRight');
    await expect.poll(place).toBe('2 / 3');
    await page.keyboard.press('End');
    await expect.poll(place).toBe('3 / 3');
    await page.keyboard.press('ArrowRight');
    await expect.poll(place).toBe('3 / 3');
    const shown = () =>
      page.evaluate(() => {
        const { x, width } = document
          .querySelector('dialog .one:not([aria-hidden=true]) img')
          ?.getBoundingClientRect() ?? { x: -1e6, width: 0 };
        return x + width / 2;
      });
    await expect.poll(async () => Math.abs((await shown()) - (page.viewportSize()?.width ?? 0) / 2)).toBeLessThan(4);
    if (size === 'desk') {
      await page.click(`button[aria-label="${say('gallery.before')}"]`);
      await expect.poll(place).toBe('2 / 3');
    } else {
      // A finger's swipe is the browser's own scrolling.
      await page.evaluate(() => document.querySelector('dialog .track')?.scrollTo({ left: window.innerWidth }));
      await expect.poll(place).toBe('2 / 3');
    }
    for (let turn = 0; turn < 8; turn++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect.poll(dialogs).toBe(0);
    await expect.poll(focused).toBe(true);
  });

  test('the cross and a click beside the picture close the gallery', async () => {
    await page.click(opener);
    await page.click(`dialog button[aria-label="${say('do.close')}"]`);
    await expect.poll(dialogs).toBe(0);
    await page.click(opener);
    await page.waitForSelector('dialog[open] img');
    const box = await page.locator('dialog .one:not([aria-hidden=true])').boundingBox();
    if (!box) throw new Error('no picture');
    await page.mouse.click(box.x + 12, box.y + box.height - 24);
    await expect.poll(dialogs).toBe(0);
  });

  test.each(['gallery', 'calendar'] as const)('Back closes the %s, then leaves the page', async (what) => {
    const before = await page.evaluate(() => history.length);
    const here = page.url();
    await page.click(what === 'gallery' ? opener : calendarOpener);
    await expect.poll(dialogs).toBe(1);
    await page.goBack();
    await expect.poll(dialogs).toBe(0);
    expect(page.url()).toBe(here);
    // Closed by Escape it leaves no entry either: Back leaves the page, and one is on the page before.
    await page.click(what === 'gallery' ? opener : calendarOpener);
    await expect.poll(dialogs).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(dialogs).toBe(0);
    await expect.poll(() => page.evaluate(() => (history.state as { overlay?: number }).overlay)).toBeUndefined();
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(before + 1);
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/houses');
    await page.goForward();
    await page.waitForURL((url) => url.pathname === `/houses/${house}`);
    await page.waitForSelector(opener);
  });

  test('dates chosen in the calendar stay in the address, and Back goes to the page before', async () => {
    const address = `/houses/${house}`;
    await page.click(calendarOpener);
    await page.click(`dialog [data-day="${day(3)}"]`);
    await page.click(`dialog [data-day="${day(5)}"]`);
    await page.click('dialog footer .primary');
    await page.waitForURL(`**${address}?sd=${day(3)}&ed=${day(5)}`);
    await expect.poll(dialogs).toBe(0);
    await page.waitForTimeout(600);
    expect(page.url()).toContain(`sd=${day(3)}&ed=${day(5)}`);
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/houses');
  });

  test.runIf(size === 'phone')('Back closes the filters; applying them is one step back', async () => {
    await page.goto('/');
    await page.waitForSelector('.areas a');
    await page.goto('/houses');
    await page.waitForSelector('article.house');
    await page.click('.filter');
    await expect.poll(dialogs).toBe(1);
    await page.goBack();
    await expect.poll(dialogs).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/houses');
    await page.click('.filter');
    await page.check('dialog input[type=checkbox][value="3"]', { force: true });
    await expect.poll(() => page.textContent('dialog footer')).toMatch(/查看 \d+ 套/);
    await page.click('dialog footer .primary');
    await page.waitForURL(/facility=3/);
    await expect.poll(dialogs).toBe(0);
    await page.waitForTimeout(600);
    expect(page.url()).toContain('facility=3');
  });

  test('an unknown address is the app’s own page', async () => {
    for (const address of ['/nowhere', '/houses/46x', '/me/nothing']) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await expect.poll(() => page.textContent('h1')).toBe(say('lost.title'));
    }
    await accessible(page);
    await picture(page, 'lost', size);
    await page.goto('/HOUSES/');
    await page.waitForURL((url) => url.pathname === '/houses');
    await page.goto(`/houses/${house}/`);
    await page.waitForURL((url) => url.pathname === `/houses/${house}`);
  });

  test('terms of cancelling tell only dates that are still to come', async () => {
    await host.call('PUT', `/houses/${house}`, { cancellation_policy: 'strict' });
    // The strict policy's date lies before today when one arrives in two days.
    await page.goto(`/houses/${house}?sd=${day(2)}&ed=${day(4)}`);
    await expect.poll(() => page.textContent('.terms')).toContain(say('terms.noneLeft'));
    expect(await page.locator('.terms li').count()).toBe(1);
    await page.goto(`/houses/${house}?sd=${day(40)}&ed=${day(42)}`);
    await expect.poll(() => page.locator('.terms li').count()).toBeGreaterThan(1);
    expect(await page.textContent('.terms')).toContain(say('terms.none'));
    await host.call('PUT', `/houses/${house}`, { cancellation_policy: 'flexible' });
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
