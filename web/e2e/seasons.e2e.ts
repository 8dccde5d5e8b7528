/** A house with seasons: which dates its guests can choose, what they cost, and how its host sets them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showDate, showDay } from '../src/lib/dates';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { logIn, Person } from './people';
import { hostWordsOf, type Language, wordsOf } from './words';

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
    expect(await Promise.all([11, 12, 13, 14, 15, 19, 20].map(closed))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      true,
    ]);
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
    await expect
      .poll(() => page.textContent('dialog .hint'))
      .toContain(say('calendar.noEnd', { date: showDay(day(33), language) }));
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
    const { orders } = await guest.call<{ orders: { start_date: string; end_date: string; days: number }[] }>(
      'GET',
      '/user/orders?role=custom',
    );
    expect(orders[0]).toMatchObject({ start_date: day(20), end_date: day(21), days: 1 });
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});

describe.each(WAYS)('a host at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostSays = hostWordsOf(language);
  let host: Person;
  let visitor: Visitor;
  let page: Page;
  let house = 0;
  const list = '.seasons';
  const main = () => page.textContent('main');
  const button = (text: string) => `button:has-text("${text}")`;
  const wrongAt = (field: string) => page.textContent(`.field:has([name=season_${field}]) > .wrong`);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));
  const save = () => page.click('dialog footer .primary');
  const dialogs = () => page.locator('dialog').count();
  const stored = async () =>
    (await host.call<{ seasons: Record<string, unknown>[] }>('GET', `/user/houses/${house}`)).seasons;
  const range = (from: number, last: number) => `${showDay(day(from), language)} – ${showDay(day(last), language)}`;

  beforeAll(async () => {
    host = await Person.register();
    house = await host.publish('过节涨价的小院', 300, 1, { min_days: 2, weekend_price: '350' });
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    await logIn(visitor.context, host);
    await page.goto(`/host/houses/${house}/calendar`);
    await page.waitForSelector(list);
  });
  afterAll(() => visitor?.context.close());

  test('what is missing or makes no sense is told at its field before anything is sent', async () => {
    let sent = 0;
    await page.route('**/seasons', (route) => (sent++, route.continue()));
    await page.click(`${list} > summary`);
    await page.click(`${list} ${button(hostSays('seasons.add'))}`);
    await save();
    await expect.poll(() => wrongAt('from')).toBe(hostSays('seasons.bad.date'));
    expect(await wrongAt('price')).toBe(hostSays('seasons.bad.nothing'));
    expect(await focused()).toBe('season_from');
    await page.fill('[name=season_from]', day(9));
    await page.fill('[name=season_last]', day(8));
    await page.fill('[name=season_price]', 'more');
    await page.fill('[name=season_min_days]', '400');
    await save();
    await expect.poll(() => wrongAt('last')).toBe(hostSays('seasons.bad.order'));
    expect(await wrongAt('price')).toBe(hostSays('publish.bad.price'));
    expect(await wrongAt('min_days')).toBe(say('publish.bad.number', { min: 1, max: 365 }));
    expect(await focused()).toBe('season_last');
    await accessible(page);
    await picture(page, 'season-wrong', size);
    expect(sent).toBe(0);
    await page.unrouteAll({ behavior: 'wait' });
  });

  test('a season is added: its price and its mark are in the calendar, and guests have it', async () => {
    await page.fill('[name=season_last]', day(13));
    await page.fill('[name=season_price]', '588.5');
    await page.fill('[name=season_min_days]', '3');
    expect(await page.textContent('dialog .days')).toBe(`${range(9, 13)} · ${say('nights', { n: 5 })}`);
    await save();
    await expect.poll(dialogs).toBe(0);
    await expect.poll(() => page.textContent(list)).toContain(range(9, 13));
    for (const part of [hostSays('seasons.nightly', { price: '¥588.50' }), hostSays('seasons.least', { n: 3 })])
      expect(await page.textContent(list)).toContain(part);
    await expect.poll(() => page.textContent(`${cell(9)} .word`)).toBe('588.50');
    const marked = (ahead: number) => page.locator(`${cell(ahead)}.season`).count();
    expect(await Promise.all([8, 9, 13, 14].map(marked))).toEqual([0, 1, 1, 0]);
    expect(await page.textContent(`${cell(9)} .only-heard`)).toContain(hostSays('seasons.least', { n: 3 }));
    expect(await main()).toContain(hostSays('hostCalendar.key.season'));
    const { nights } = await host.call<{ nights: { price: number; min_days: number }[] }>(
      'GET',
      `/houses/${house}/calendar?from=${day(8)}&to=${day(15)}`,
    );
    expect(nights.map((night) => night.min_days)).toEqual([2, 3, 3, 3, 3, 3, 2]);
    expect(nights.slice(1, 6).every((night) => night.price === 58_850)).toBe(true);
    await accessible(page);
    await picture(page, 'seasons-host', size);
  });

  test('chosen nights become a season; one that overlaps is told with the other’s dates', async () => {
    await page.click(cell(13));
    await page.click(cell(16));
    await expect.poll(() => page.textContent('.panel')).toContain(hostSays('seasons.nightly', { price: '¥588.50' }));
    await page.click('.panel button.link');
    await page.click(cell(16));
    await page.click(cell(17));
    await page.click(`.acts ${button(hostSays('hostCalendar.do.season'))}`);
    await page.waitForSelector('dialog');
    expect(await page.inputValue('[name=season_from]')).toBe(day(16));
    expect(await page.inputValue('[name=season_last]')).toBe(day(17));
    await page.fill('[name=season_from]', day(13));
    await page.check('[name=season_closed_to_arrival]');
    await save();
    await expect.poll(() => wrongAt('from')).toBe(hostSays('seasons.bad.overlap', { range: range(9, 13) }));
    expect(await focused()).toBe('season_from');
    expect(await stored()).toHaveLength(1);
    await page.fill('[name=season_from]', day(16));
    expect(await page.locator('dialog .wrong').count()).toBe(0);
    await save();
    await expect.poll(dialogs).toBe(0);
    expect(await stored()).toEqual([
      { from: day(9), to: day(14), price: 58_850, min_days: 3, closed_to_arrival: false, closed_to_departure: false },
      { from: day(16), to: day(18), price: null, min_days: null, closed_to_arrival: true, closed_to_departure: false },
    ]);
  });

  test('the field that the server refuses is gone to, also where it is another season’s', async () => {
    await page.click(`${list} .list li:nth-child(1) button`);
    await page.waitForSelector('dialog');
    await page.fill('[name=season_price]', '600');
    const refuse = (field: string, errmsg: string) =>
      page.route('**/seasons', (route) => route.fulfill({ json: { errno: '4103', errmsg, data: { field } } }), {
        times: 1,
      });
    await refuse('seasons[0].min_days', '第 1 项的最少晚数太大');
    await save();
    await expect.poll(() => wrongAt('min_days')).toBe(language === 'zh' ? '第 1 项的最少晚数太大' : say('errno.4103'));
    expect(await focused()).toBe('season_min_days');
    await refuse('seasons[1].to', '第 2 项的结束日期不能晚于 3 年后');
    await save();
    await expect.poll(() => page.inputValue('[name=season_from]')).toBe(day(16));
    expect(await wrongAt('last')).toBe(language === 'zh' ? '第 2 项的结束日期不能晚于 3 年后' : say('errno.4103'));
    expect(await focused()).toBe('season_last');
    // Both changes go together.
    await page.fill('[name=season_last]', day(18));
    await save();
    await expect.poll(dialogs).toBe(0);
    expect((await stored()).map((season) => [season.price, season.to])).toEqual([
      [60_000, day(14)],
      [null, day(19)],
    ]);
  });

  test('what another device has saved meanwhile is not lost', async () => {
    await page.click(cell(16));
    await page.click(`.acts ${button(hostSays('hostCalendar.do.editSeason'))}`);
    await page.waitForSelector('dialog');
    await page.fill('[name=season_price]', '650');
    const others = [
      { from: day(9), to: day(14), price: '601' },
      { from: day(16), to: day(19), closed_to_arrival: true },
      { from: day(30), to: day(31), min_days: 4 },
    ];
    await host.call('PUT', `/houses/${house}/seasons`, others);
    await save();
    await expect.poll(() => page.textContent('dialog .notice.bad')).toBe(hostSays('seasons.elsewhere'));
    expect(await page.inputValue('[name=season_price]')).toBe('650');
    await save();
    await expect.poll(dialogs).toBe(0);
    expect((await stored()).map((season) => [season.from, season.price])).toEqual([
      [day(9), 60_100],
      [day(16), 65_000],
      [day(30), null],
    ]);
  });

  test('one is removed, and put back', async () => {
    const remove = `${list} .list li:nth-child(1) ${button(hostSays('seasons.remove'))}`;
    const before = await stored();
    await page.click(remove);
    await expect.poll(() => page.textContent(list)).toContain(hostSays('seasons.removed', { range: range(9, 13) }));
    expect(await stored()).toEqual(before.slice(1));
    // The weekend's price is there again: the first day is a Wednesday.
    await expect.poll(() => page.textContent(`${cell(9)} .word`)).toBe('350');
    await page.click(`${list} ${button(hostSays('hostCalendar.undo'))}`);
    await expect.poll(stored).toEqual(before);
    await expect.poll(() => page.textContent(`${cell(9)} .word`)).toBe('601');
    // A refusal or a failure leaves all as it was, and says so.
    await page.route(
      '**/seasons',
      (route) => route.fulfill({ status: 500, json: { errno: '4500', errmsg: '服务器内部错误' } }),
      { times: 1 },
    );
    await page.click(remove);
    await expect.poll(() => page.textContent(`${list} .notice.bad`)).toContain(say('error.broken'));
    expect(await stored()).toEqual(before);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
