/**
 * The calendars on days that are hard for them: first, middle and last days of months of four, five and six rows of
 * weeks, the year's end, 29 February, minutes before and after midnight. The clock is set, so that they are tried on
 * every day the tests run.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { hostZh } from '../src/i18n/host-zh';
import { zh } from '../src/i18n/zh';
import { addDays, type Day, daysBetween, monthOf, showDay, weekday } from '../src/lib/dates';
import { open, type Size, SIZES, type Visitor, visit } from './browser';
import { moveClock, setClock } from './clock';
import { Person } from './people';
import { drag, scrollTo } from './touch';

const AT: [name: string, time: string][] = [
  ['first day of a month of five rows', '2030-08-01T09:00'],
  ['middle of a month of five rows', '2030-08-15T09:00'],
  ['last day of a month of five rows', '2030-08-31T23:40'],
  ['first day of a month of six rows', '2030-09-01T00:01'],
  ['middle of a month of six rows', '2030-09-16T12:00'],
  ['last day of a month of six rows', '2030-09-30T23:40'],
  ['year’s last day', '2030-12-31T23:40'],
  ['year’s first day', '2031-01-01T00:01'],
  ['day before a leap day', '2032-02-28T12:00'],
  ['leap day', '2032-02-29T12:00'],
  ['day after a leap day', '2032-03-01T00:01'],
  ['first day of a month of four rows', '2038-02-01T00:01'],
  ['last day of a month of four rows', '2038-02-28T23:40'],
];

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(async () => {
  await browser?.close();
  if (inject('clock')) await moveClock(0);
});

test('the days are what they are called', () => {
  const rows = (day: Day) => monthOf(day).weeks.length;
  expect(
    [
      ...new Set(
        AT.map(([name, time]) =>
          / (four|five|six) rows/.exec(name)
            ? `${/ (four|five|six) rows/.exec(name)?.[1]} ${rows(time.slice(0, 10))}`
            : '',
        ),
      ),
    ].filter(Boolean),
  ).toEqual(['five 5', 'six 6', 'four 4']);
});

/** Where on the screen a row is tried, as a share of its height: near the top, in the middle, just above the bar below. */
const PLACES = [0.25, 0.55, 0.8, 0.88] as const;

const cell = (day: Day) => `[data-day="${day}"]`;

describe.skipIf(!inject('clock')).each(AT)('on the %s, %s', (_, time) => {
  const today = time.slice(0, 10);
  // A house that is asked first can be booked for tonight until 12:30.
  const tonightIsOver = time.slice(11) > '12:30';
  const firstNight = tonightIsOver ? addDays(today, 1) : today;
  let person: Person;
  let house = 0;

  beforeAll(async () => {
    await setClock(Date.parse(`${time}+08:00`));
    person = await Person.register();
    house = await person.publish(`月历 ${time}`, 300);
  });

  describe.each(Object.keys(SIZES) as Size[])('at %s size', (size) => {
    let visitor: Visitor;
    let page: Page;
    beforeEach(async () => {
      visitor = await visit(browser, size);
      page = visitor.page;
    });
    afterEach(async () => {
      expect(visitor.trouble).toEqual([]);
      await visitor.context.close();
    });

    test('a host drags over nights wherever their row lies on the screen, and sees what is chosen', async () => {
      const [name = '', value = ''] = person.cookie.split('=');
      await visitor.context.addCookies([{ name, value, url: inject('url') }]);
      await page.goto(`/host/houses/${house}/calendar`);
      await page.waitForSelector('table');
      const chosen = () =>
        page.locator('.chosen').evaluateAll((cells) => cells.map((each) => (each as HTMLElement).dataset.day));
      expect(await page.locator('button:not(.past)[data-day]').first().getAttribute('data-day')).toBe(today);
      for (const [from, until] of dragged(today)) {
        for (const place of PLACES) {
          await scrollTo(page, cell(from), place);
          await drag(page, size, cell(from), cell(until));
          await expect
            .poll(chosen, { message: `${from} to ${until} at ${place}`, timeout: 5_000 })
            .toEqual(daysFrom(from, until));
          await inSight(page, cell(until));
          if (place !== PLACES.at(-1)) await page.click('.panel button.link');
        }
      }
      await page.click(`.acts >> text="${hostZh['hostCalendar.do.block']}"`);
      const [from, until] = dragged(today).at(-1) ?? [today, today];
      await expect.poll(() => page.getAttribute(cell(until), 'class')).toContain('blocked');
      const { nights } = await person.call<{ nights: { date: Day; free: boolean }[] }>(
        'GET',
        `/houses/${house}/calendar?from=${today}&to=${addDays(today, 60)}`,
      );
      expect(nights.filter((night) => !night.free).map((night) => night.date)).toEqual([
        ...(tonightIsOver ? [today] : []),
        ...daysFrom(from, until),
      ]);
      await page.click(`text="${hostZh['hostCalendar.undo']}"`);
      await expect.poll(() => page.getAttribute(cell(until), 'class')).not.toContain('blocked');
    });

    test('a guest chooses nights over the end of a month, by pointer and by keyboard', async () => {
      await page.goto(`/houses/${house}`);
      await page.click(size === 'desk' ? '.box .dates' : '.foot-bar .sum');
      await page.waitForSelector('dialog table');
      expect(await page.locator('dialog [data-day]:not([aria-disabled=true])').first().getAttribute('data-day')).toBe(
        firstNight,
      );
      const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.day);
      for (const [from, until] of dragged(firstNight)) {
        const end = addDays(until, 1);
        await page.click(`dialog ${cell(from)}`);
        await page.click(`dialog ${cell(end)}`);
        await expect
          .poll(() => page.textContent('dialog .hint'))
          .toBe(
            zh['calendar.picked']
              .replace('{from}', showDay(from, 'zh'))
              .replace('{to}', showDay(end, 'zh'))
              .replace('{n}', '3'),
          );
      }
      // A day, a week and a month on by keyboard, over every border there is.
      await page.focus(`dialog ${cell(firstNight)}`);
      for (let step = 1; step <= 40; step++) {
        await page.keyboard.press(step % 2 ? 'ArrowRight' : 'ArrowDown');
        if (step === 1) expect(await focused()).toBe(addDays(firstNight, 1));
      }
      const [start, end] = [addDays(firstNight, 20 + 140), addDays(firstNight, 20 + 140 + 7)];
      expect(await focused()).toBe(start);
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.click('dialog footer .primary');
      await page.waitForURL(`**/houses/${house}?sd=${start}&ed=${end}`);
    });
  });
});

/** On a phone the panel may cover nothing of what was just chosen. */
async function inSight(page: Page, selector: string): Promise<void> {
  const covered = () =>
    page.locator(selector).evaluate((element) => {
      const box = element.getBoundingClientRect();
      const panel = document.querySelector('.panel');
      return (
        panel !== null &&
        !panel.contains(element) &&
        document.elementFromPoint(box.x + box.width / 2, box.bottom - 2)?.closest('[data-day]') !== element
      );
    });
  await expect.poll(covered).toBe(false);
}

/** Three nights to choose, each in one row: of this week, the next two, and one in the next month. */
function dragged(today: Day): [Day, Day][] {
  const first = weekday(today) <= 4 && sameMonth(today, addDays(today, 2)) ? today : undefined;
  const monday = addDays(today, 7 - weekday(today));
  const later = [monday, addDays(monday, 7), addDays(monday, 28)].map((day): Day =>
    sameMonth(day, addDays(day, 2)) ? day : addDays(day, 3),
  );
  return [...(first ? [first] : []), ...later].map((day) => [day, addDays(day, 2)]);
}

const sameMonth = (one: Day, other: Day) => one.slice(0, 7) === other.slice(0, 7);

const daysFrom = (from: Day, until: Day): Day[] =>
  Array.from({ length: daysBetween(from, until) + 1 }, (_, index) => addDays(from, index));
