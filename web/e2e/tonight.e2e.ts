/**
 * Nights that cannot be booked any more today, and bookings that are refused because too much is held unpaid. The clock is
 * set to minutes around the two times at which fewer houses can be booked for tonight.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { addDays } from '../src/lib/dates';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day, moveClock, setClock } from './clock';
import { Person } from './people';
import { type Language, wordsOf } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language; today: string }[] = [
  { size: 'phone', language: 'zh', today: '2031-05-10' },
  { size: 'desk', language: 'en', today: '2031-08-31' },
];

describe.each(WAYS)('at $size size, in $language', ({ size, language, today }) => {
  const say = wordsOf(language);
  let visitor: Visitor;
  let page: Page;
  beforeEach(async () => {
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
  });
  afterEach(async () => {
    expect(visitor.trouble).toEqual([]);
    await visitor.context.close();
  });

  const as = async (person: Person) => {
    const [name = '', value = ''] = person.cookie.split('=');
    await visitor.context.addCookies([{ name, value, url: inject('url') }]);
  };

  describe.skipIf(!inject('clock'))('tonight', () => {
    const tomorrow = addDays(today, 1);
    const cell = `.calendar.inline [data-day="${today}"]`;
    const at = (time: string) => setClock(Date.parse(`${today}T${time}+08:00`), visitor.context);
    let host: Person;
    let asking = 0;
    let instant = 0;

    beforeAll(async () => {
      await setClock(Date.parse(`${today}T12:00+08:00`));
      host = await Person.register();
      asking = await host.publish('先问房东的小院', 300);
      instant = await host.publish('立即可订的小院', 300);
      await host.call('PUT', `/houses/${instant}`, { instant_booking: true });
    });
    afterAll(() => moveClock(0));

    /** What the house's page shows of tonight. */
    async function tonight(house: number): Promise<{ disabled: string | null; said: number }> {
      await page.goto(`/houses/${house}`);
      await page.waitForSelector(`.calendar.inline [data-day="${tomorrow}"][data-price]`);
      return {
        disabled: await page.getAttribute(cell, 'aria-disabled'),
        said: await page.locator('.calendar.inline .too-late').count(),
      };
    }

    test('can be chosen until it is too late, then it is grey and the page says why', async () => {
      await at('12:29:00');
      expect(await tonight(asking)).toEqual({ disabled: 'false', said: 0 });
      await at('12:31:00');
      expect(await tonight(asking)).toEqual({ disabled: 'true', said: 1 });
      expect(await page.textContent('.calendar.inline .too-late')).toBe(say('calendar.tooLate'));
      expect(await page.getAttribute(cell, 'aria-label')).toContain(say('calendar.tooLate'));
      expect(await page.getAttribute(cell, 'aria-label')).not.toContain(say('calendar.taken'));
      expect(await page.getAttribute(cell, 'class')).not.toContain('taken');
      await accessible(page);
      await picture(page, 'too-late', size);
      expect(await tonight(instant)).toEqual({ disabled: 'false', said: 0 });
      await at('22:01:00');
      expect(await tonight(instant)).toEqual({ disabled: 'true', said: 1 });
    });

    test('can be searched for as long as some house may be booked', async () => {
      const inSearch = async () => {
        await page.goto('/');
        await page.click('.fields button.field');
        await page.waitForSelector(`dialog .calendar [data-day="${tomorrow}"]`);
        const choice = page.locator(`dialog .calendar [data-day="${today}"]`);
        return {
          disabled: await choice.getAttribute('aria-disabled'),
          said: await page.locator('dialog .too-late').count(),
        };
      };
      await at('22:01:00');
      expect(await inSearch()).toEqual({ disabled: 'false', said: 0 });
      await at('23:59:00');
      expect(await inSearch()).toEqual({ disabled: 'true', said: 1 });
      expect(await page.textContent('dialog .too-late')).toBe(say('calendar.tooLate'));
      await accessible(page);
      expect(await page.locator(`dialog .calendar [data-day="${tomorrow}"]`).getAttribute('aria-disabled')).toBe(
        'false',
      );
    });

    test('that somebody has booked is told as booked', async () => {
      await at('12:00:00');
      const guest = await Person.register();
      await guest.book(instant, today, tomorrow);
      await page.goto(`/houses/${instant}`);
      await expect.poll(() => page.getAttribute(cell, 'aria-label')).toContain(say('calendar.taken'));
      expect(await page.locator('.calendar.inline .too-late').count()).toBe(0);
    });

    test('from an old address says that it is too late, and offers other nights', async () => {
      await at('12:31:00');
      await page.goto(`/houses/${asking}?sd=${today}&ed=${tomorrow}`);
      const objection = size === 'desk' ? '.box [role=alert]' : '.foot-bar .objection';
      await expect.poll(() => page.textContent(objection)).toBe(say('refused.tooLate'));
    });

    test('is refused in words when it became too late while the guest read', async () => {
      const guest = await Person.register();
      await as(guest);
      await at('12:29:00');
      await page.goto(`/houses/${asking}/book?sd=${today}&ed=${tomorrow}`);
      await expect.poll(() => page.textContent('.box')).toContain('¥500');
      await at('12:31:00');
      await page.click('.box .primary');
      await expect.poll(() => page.textContent('.box [role=alert]')).toContain(say('refused.tooLate'));
      await accessible(page);
      const { orders } = await guest.call<{ orders: unknown[] }>('GET', '/user/orders?role=custom');
      expect(orders).toEqual([]);
    });
  });

  test('a booking beyond what may be held unpaid leads to the open bookings', async () => {
    const host = await Person.register();
    const guest = await Person.register();
    const [one, other, third] = [
      await host.publish('长住一', 100),
      await host.publish('长住二', 100),
      await host.publish('短住', 100),
    ];
    // The tests' server lets an account hold 1,000 nights.
    await guest.book(one, day(10), day(340));
    await guest.book(one, day(340), day(670));
    await guest.book(other, day(10), day(340));
    await as(guest);
    await page.goto(`/houses/${third}/book?sd=${day(30)}&ed=${day(60)}`);
    await page.click('.box .primary:not([aria-disabled=true])');
    await page.click(`.box [role=alert] >> text="${say('holds.look')}"`);
    await page.waitForURL('**/orders?show=open');
    await expect.poll(() => page.locator('main section h2').allTextContents()).toEqual([say('orders.open')]);
    expect(await page.locator('main section .order, main section article').count()).toBe(3);
    await accessible(page);
  });
});
