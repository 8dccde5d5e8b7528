/** A house with seasons: which dates its guests can choose, what they cost, and how its host sets them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showDate, showDay } from '../src/lib/dates';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { logIn, Person } from './people';
import { type Language, wordsOf } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];
const cell = (ahead: number) => `[data-day="${day(ahead)}"]`;

describe.each(WAYS)('a guest at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let house = 0;
  const box = size === 'desk' ? '.box' : '.foot-bar';
  const inSheet = (ahead: number) => `dialog ${cell(ahead)}`;
  const closed = async (ahead: number) => (await page.getAttribute(inSheet(ahead), 'aria-disabled')) === 'true';
  const openCalendar = async () => {
    await page.click(size === 'desk' ? '.box .dates' : '.foot-bar .sum');
    await page.waitForSelector('dialog table');
  };
  /** The calendar, with nothing chosen. */
  const again = async () => {
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await openCalendar();
  };

  beforeAll(async () => {
    const host = await Person.register();
    guest = await Person.register();
    house = await host.publish('五月到六月的小院', 300, 1, { min_days: 3, max_days: 9 });
    await host.call('PUT', `/houses/${house}/seasons`, [
      { from: day(10), to: day(15), price: '500', min_days: 5 },
      { from: day(20), to: day(24), min_days: 1 },
      { from: day(26), to: day(27), closed_to_arrival: true },
      { from: day(28), to: day(29), closed_to_departure: true },
      { from: day(33), to: day(34), min_days: 7 },
    ]);
    await host.call('PUT', `/houses/${house}/calendar`, { action: 'block', start_date: day(36), end_date: day(37) });
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
  });
  afterAll(() => visitor?.context.close());

  test('the day of arrival decides how many nights there are at least', async () => {
    await page.goto(`/houses/${house}`);
    await page.waitForSelector('.calendar');
    await expect.poll(() => page.textContent('main')).toContain(say('house.rule.seasons'));
    await openCalendar();
    expect(await page.getAttribute(inSheet(10), 'data-price')).toBe('¥500');
    await page.click(inSheet(10));
    expect(await page.textContent('dialog .hint')).toContain('5');
    expect(await page.textContent('dialog footer')).toContain(say('house.rule.min', { n: 5 }));
    expect(await Promise.all([11, 12, 13, 14, 15, 19, 20].map(closed))).toEqual([true, true, true, true, false, false, true]);
    await accessible(page);
    await picture(page, 'seasons-calendar', size);
    // From the day before, the house's own number counts.
    await page.click(inSheet(9));
    expect(await Promise.all([10, 11, 12].map(closed))).toEqual([true, true, false]);
  });

  test('closed days cannot be chosen, and say why', async () => {
    await again();
    expect(await Promise.all([25, 26, 27, 28].map(closed))).toEqual([false, true, false, false]);
    expect(await page.getAttribute(inSheet(26), 'aria-label')).toContain(say('calendar.noArrival'));
    expect(await page.getAttribute(inSheet(28), 'aria-label')).toContain(say('calendar.noDeparture'));
    await page.click(inSheet(25));
    expect(await Promise.all([27, 28, 29].map(closed))).toEqual([true, true, false]);
    // A stay may begin on the day that is closed to departures, and pass over either.
    await page.click(inSheet(24));
    expect(await closed(27)).toBe(false);
    await again();
    await page.click(inSheet(28));
    expect(await closed(31)).toBe(false);
  });

  test('a check-in from which no stay can end is told', async () => {
    await again();
    await page.click(inSheet(33));
    await expect.poll(() => page.textContent('dialog .hint')).toContain(say('calendar.noEnd', { date: showDay(day(33), language) }));
    expect(await Promise.all([34, 35, 36, 40].map(closed))).toEqual([true, true, true, true]);
    await page.keyboard.press('Escape');
  });

  test('a shared link to dates that the season forbids says so, and offers dates that it allows', async () => {
    const objection = async (from: number, until: number) => {
      await page.goto(`/houses/${house}?sd=${day(from)}&ed=${day(until)}`);
      await page.waitForSelector('.calendar');
      return () => page.textContent(box);
    };
    await expect.poll(await objection(26, 29)).toContain(say('house.noArrival'));
    await expect.poll(await objection(25, 28)).toContain(say('house.noDeparture'));
    await expect.poll(await objection(8, 10)).toContain(say('house.tooShort', { n: 3 }));
    await expect.poll(await objection(10, 14)).toContain(say('house.tooShort', { n: 5 }));
    await accessible(page);
    await picture(page, 'seasons-objection', size);
    if (size === 'desk') {
      // Four nights: the next dates whose arrival is in no season that wants five.
      const offer = `${showDate(day(9), language)} – ${showDate(day(13), language)}`;
      await page.click(`.box button:text-is("${offer}")`);
      await page.waitForURL(`**/houses/${house}?sd=${day(9)}&ed=${day(13)}`);
      await expect.poll(() => page.textContent('.box')).toContain(say('house.line', { price: '¥500', n: 3 }));
    }
  });

  test('a stay shorter than the house’s minimum is booked where the season allows it', async () => {
    await logIn(visitor.context, guest);
    await page.goto(`/houses/${house}`);
    await page.waitForSelector('.calendar');
    await openCalendar();
    await page.click(inSheet(20));
    expect(await closed(21)).toBe(false);
    await page.click(inSheet(21));
    await page.click('dialog footer .primary');
    await page.waitForURL(`**/houses/${house}?sd=${day(20)}&ed=${day(21)}`);
    await expect.poll(() => page.textContent(box)).toContain(say('house.book'));
    await page.click(`${box} .primary`);
    await page.waitForURL('**/book?*');
    await expect.poll(() => page.textContent('.box')).toContain('¥500');
    await page.click('.box .primary');
    await page.waitForURL('**/orders');
    const { orders } = await guest.call<{ orders: { start_date: string; end_date: string; days: number }[] }>('GET', '/user/orders?role=custom');
    expect(orders[0]).toMatchObject({ start_date: day(20), end_date: day(21), days: 1 });
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
