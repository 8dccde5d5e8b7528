/** What orders tell: who ended them and why, what goes back, what was asked for, and the price that was shown. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hostEn } from '../src/i18n/host-en';
import { hostZh } from '../src/i18n/host-zh';
import { REASONS } from '../src/lib/reasons';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day, moveClock } from './clock';
import { Person } from './people';
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

describe.each(WAYS)('orders at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostWords = language === 'zh' ? hostZh : hostEn;
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let house = 0;

  const as = async (person: Person) => {
    const [name = '', value = ''] = person.cookie.split('=');
    await visitor.context.clearCookies();
    await visitor.context.addCookies([{ name, value, url: inject('url') }]);
  };

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    house = await host.publish('两条胡同之间的小院', 300);
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
  });
  afterAll(() => visitor?.context.close());

  test('another price than the one shown is told, and booked only when one says so', async () => {
    await as(guest);
    await page.goto(`/houses/${house}/book?sd=${day(20)}&ed=${day(22)}`);
    await expect.poll(() => page.textContent('.box')).toContain('¥800');
    await host.call('PUT', `/houses/${house}/calendar`, {
      start_date: day(20),
      end_date: day(22),
      action: 'price',
      price: '950',
    });
    await page.click('.box .primary');
    await expect
      .poll(() => page.textContent('.box [role=alert]'))
      .toBe(`${say('book.priceChanged', { before: '¥800', now: '¥2,100' })}${say('book.otherDates')}`);
    expect(await page.textContent('.box .primary')).toContain(say('book.doAtNewPrice'));
    await accessible(page);
    await picture(page, 'price-changed', size);
    const { orders } = await guest.call<{ orders: unknown[] }>('GET', '/user/orders?role=custom');
    expect(orders).toEqual([]);
    await page.click('.box .primary');
    await page.waitForURL('**/orders');
  });

  test('a request is told apart from what is sold, in the strip and in the calendar', async () => {
    await as(host);
    await page.goto('/host');
    await expect
      .poll(() => page.textContent('.strip .words'))
      .toContain(hostWords['strip.requested'].replace('{n}', '2'));
    expect(await page.textContent('.strip .words')).toContain(hostWords['strip.taken'].replace('{n}', '0'));
    await page.goto(`/host/houses/${house}/calendar`);
    await expect.poll(() => page.getAttribute(`[data-day="${day(20)}"]`, 'class')).toContain('requested');
    expect(await page.textContent(`[data-day="${day(20)}"] .word`)).toBe(hostWords['hostCalendar.short.requested']);
    await accessible(page);
    await picture(page, 'host-calendar-requested', size);
  });

  test('a rejection tells its usual reason in the reader’s language', async () => {
    const { orders } = await guest.call<{ orders: { order_id: number }[] }>('GET', '/user/orders?role=custom');
    await host.answer(orders[0]?.order_id ?? 0, 'reject', REASONS.repair.zh);
    await as(guest);
    await page.goto('/orders');
    await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.guest.rejected'));
    expect(await page.textContent('main')).toContain(say('orders.reason', { reason: REASONS.repair[language] }));
  });

  test('a cancelled order tells what goes back, where to, and when', async () => {
    const order = await guest.book(house, day(30), day(32));
    await host.answer(order, 'accept');
    const { pay_url } = await guest.call<{ pay_url: string }>('POST', `/orders/${order}/payment`);
    await page.goto(`/orders/${order}/pay`);
    await expect.poll(() => page.textContent('.left')).toMatch(/(29|30):\d\d/);
    await picture(page, 'pay-countdown', size);
    await page.goto(pay_url);
    await page.getByRole('button', { name: /^(付款|Pay)/ }).click();
    await expect
      .poll(async () => (await guest.call<{ status: string }>('GET', `/orders/${order}`)).status)
      .toBe('PAID');
    await page.goto('/orders');
    await expect
      .poll(() => page.textContent('main'))
      .toContain(say('orders.withDeposit', { total: '¥800', deposit: '¥200' }));
    await guest.answer(order, 'cancel');
    await page.goto('/orders');
    await expect.poll(() => page.textContent('.returned')).toContain('¥800');
    expect(await page.textContent('.returned')).toContain(say('orders.returned.deposit', { price: '¥200' }));
    expect(await page.textContent('main')).toContain(say('orders.ended.guest.cancelled'));
    await accessible(page);
    await picture(page, 'orders-refund', size);
    await as(host);
    await page.goto('/host/orders');
    await page
      .locator('details summary')
      .first()
      .click()
      .catch(() => {});
    await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.host.cancelled'));
  });

  test.skipIf(!inject('clock'))('an expired request is nobody’s cancelling, on either side', async () => {
    const order = await guest.book(house, day(40), day(41));
    await moveClock(2, visitor.context);
    try {
      await guest.until(order, 'CANCELED');
      await as(guest);
      await page.goto('/orders');
      await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.guest.noAnswer'));
      await as(host);
      await page.goto(`/host/orders?order=${order}`);
      await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.host.noAnswer'));
      // The clock's own reason is Chinese: the sentence says it already.
      expect(await page.textContent('main')).not.toContain('房东未在规定时间内接单');
    } finally {
      await moveClock(0, visitor.context);
    }
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
