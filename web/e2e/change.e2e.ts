/** Changes of a paid order: asked for by either side, with the money said beforehand, answered, paid, withdrawn. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeInEnglish } from '../src/i18n/notices';
import { showDay } from '../src/lib/dates';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { logIn, payOn, Person } from './people';
import { hostWordsOf, type Language, stayWordsOf, wordsOf } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];

interface Told {
  start_date: string;
  end_date: string;
  amount: number;
  status: string;
  guests: { adults: number };
  changes: { change_id: number; status: string; difference: number; refund: number }[];
}

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const staySays = stayWordsOf(language);
  const hostSays = hostWordsOf(language);
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let [house, order] = [0, 0];
  const card = () => `#order-${order}`;
  const badge = (place: string) => page.locator(`${size === 'phone' ? 'nav.tabs' : 'nav.wide'} a[href="${place}"]`);
  const told = () => guest.call<Told>('GET', `/orders/${order}`);
  const newest = async () => (await told()).changes[0];
  const money = () => page.textContent('dialog .money');
  const click = (inside: string, key: Parameters<typeof staySays>[0]) =>
    page.click(`${inside} >> text="${staySays(key)}"`);
  const nextDay = (from: string) => showDay(from, language);

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    // Strict: of a stay that begins in ten days half goes back.
    house = await host.publish('葡萄架下的南房', 300, 1, {
      instant_booking: true,
      capacity: 4,
      cancellation_policy: 'strict',
      base_guests: 2,
      extra_guest_fee: '50',
    });
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    order = await guest.book(house, day(10), day(12));
    await payOn(page, guest, order);
    await logIn(visitor.context, guest);
  });
  afterAll(() => visitor?.context.close());

  test('nothing can be asked for that changes nothing, is taken, or is against the rules; each is said where it belongs', async () => {
    const stranger = await Person.register();
    await stranger.book(house, day(13), day(14));
    await page.goto(`/orders?order=${order}`);
    await click('.next', 'change.do');
    await expect.poll(() => page.textContent('dialog')).toContain(staySays('change.choose'));
    expect(await page.getAttribute('dialog footer .primary', 'aria-disabled')).toBe('true');
    await page.fill('dialog [name=end_date]', day(10));
    await expect
      .poll(() => page.textContent('dialog .field:has([name=end_date]) .wrong'))
      .toBe(staySays('change.order'));
    await page.fill('dialog [name=end_date]', day(14));
    await expect.poll(() => page.textContent('dialog [role=alert]')).toBe(staySays('change.taken'));
    expect(await page.getAttribute('dialog footer .primary', 'aria-disabled')).toBe('true');
    await picture(page, 'change-taken', size);
    // More than a year is no stay here; the server names the field.
    await page.fill('dialog [name=end_date]', day(700));
    await expect
      .poll(() => page.locator('dialog .field:has([name=end_date]) .wrong').allTextContents())
      .toEqual([language === 'zh' ? '最多可住 365 晚' : say('errno.4103')]);
    expect(await page.locator('dialog .notice.bad').count()).toBe(0);
    expect((await told()).changes).toEqual([]);
  });

  test('the difference is said as one chooses, and it is asked for at that price', async () => {
    await page.fill('dialog [name=end_date]', day(13));
    await expect.poll(money).toBe(staySays('change.guest.more', { amount: '¥300' }));
    await page.click(`dialog button[aria-label="${say('guests.adult')} +1"]`);
    await page.click(`dialog button[aria-label="${say('guests.adult')} +1"]`);
    // Three nights with one guest above the two of the price.
    await expect.poll(money).toBe(staySays('change.guest.more', { amount: '¥450' }));
    const means = await page.textContent('dialog .means');
    for (const key of ['change.means.answer', 'change.means.guest.pay', 'change.means.held'] as const)
      expect(means).toContain(staySays(key));
    await page.click('dialog summary');
    await expect.poll(() => page.textContent('dialog details')).toContain(say('house.fee.EXTRA_GUEST'));
    expect(await page.textContent('dialog summary')).toBe(staySays('change.cost', { before: '¥600', now: '¥1,050' }));
    await accessible(page);
    await picture(page, 'change-ask', size);
    // The price of the new night changes between looking and asking.
    await host.call('PUT', `/houses/${house}/calendar`, {
      start_date: day(12),
      end_date: day(13),
      action: 'price',
      price: '350',
    });
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent('dialog .notice.bad'))
      .toBe(staySays('change.priceChanged', { before: '¥1,050', now: '¥1,100' }));
    expect(await money()).toBe(staySays('change.guest.more', { amount: '¥500' }));
    expect((await told()).changes).toEqual([]);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await expect.poll(() => page.textContent('.urgent h2')).toBe(staySays('change.asked'));
    expect(await newest()).toMatchObject({ status: 'WAIT_ANSWER', difference: 50_000 });
    const shown = await page.textContent('.urgent');
    for (const part of [nextDay(day(13)), say('guests.adults', { n: 3 })]) expect(shown).toContain(part);
    expect(shown).toMatch(language === 'zh' ? /还有 2[34] 小时/ : /2[34] hours left/);
    // One at a time.
    expect(await page.locator(`.next >> text="${staySays('change.do')}"`).count()).toBe(0);
    await accessible(page);
    await picture(page, 'change-asked', size);
  });

  test('it waits for the host: in the navigation, on the first page and in the list', async () => {
    await logIn(visitor.context, host);
    await page.goto('/host');
    await expect.poll(() => badge('/host').textContent()).toContain(say('nav.waiting.host_changes', { n: 1 }));
    await expect.poll(() => page.textContent(`.now ${card()} .change h4`)).toBe(staySays('change.host.wanted'));
    await accessible(page);
    await picture(page, 'change-host-first', size);
    await page.goto('/host/orders');
    await expect.poll(() => page.textContent(`section:has(${card()}) > h2`)).toBe(hostSays('hostOrders.group.waiting'));
    await expect
      .poll(() => page.textContent(`${card()} .change`))
      .toContain(staySays('change.host.more', { amount: '¥500' }));
    // Not another one.
    expect(await page.locator(`${card()} .actions >> text="${staySays('change.do')}"`).count()).toBe(0);
    await accessible(page);
    await picture(page, 'change-host-list', size);
    await logIn(visitor.context, guest);
    await page.goto('/orders');
    await expect.poll(() => page.textContent(`${card()} .change`)).toBe(staySays('change.asked'));
    expect(await badge('/orders').locator('.badge').count()).toBe(0);
  });

  test('the host is told, knows the money beforehand, and accepts; then the guest pays the difference', async () => {
    const notice = '房客申请更改订单，请尽快答复';
    await logIn(visitor.context, host);
    await page.goto('/me/notices');
    const line = page.locator('.notices li', { hasText: language === 'zh' ? notice : noticeInEnglish(notice) });
    await expect.poll(() => line.count()).toBe(1);
    expect(await line.textContent()).toContain(
      say('notices.change.more', { dates: `${nextDay(day(10))} – ${nextDay(day(13))}`, amount: '¥500' }),
    );
    await line.locator('button').click();
    await page.waitForURL(`**/host/orders?order=${order}`);
    await expect.poll(() => page.textContent(`${card()} .change h4`)).toBe(staySays('change.host.wanted'));
    expect(await page.textContent(`${card()} .change`)).toContain(staySays('change.host.more', { amount: '¥500' }));
    await accessible(page);
    await picture(page, 'change-host', size);
    await click(card(), 'change.do.accept');
    await expect.poll(money).toBe(staySays('change.host.more', { amount: '¥500' }));
    expect(await page.textContent('dialog .means')).toContain(staySays('change.accept.hostWaits'));
    await accessible(page);
    await picture(page, 'change-accept', size);
    // Somebody was quicker: nothing is changed, and it is said in the dialog.
    await page.route('**/changes/*', (route) => route.fulfill({ json: { errno: '4004', errmsg: '房屋已被预订' } }), {
      times: 1,
    });
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent('dialog .notice.bad'))
      .toContain(language === 'zh' ? '房屋已被预订' : say('errno.4004'));
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent(`${card()} .change h4`))
      .toBe(staySays('change.host.pay', { amount: '¥500' }));
    expect((await told()).end_date).toBe(day(12));
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${order}`);
    await expect.poll(() => page.textContent('.urgent h2')).toBe(staySays('change.guest.pay', { amount: '¥500' }));
    await expect.poll(() => badge('/orders').textContent()).toContain(say('nav.waiting.changes', { n: 1 }));
    expect(await page.locator('main .primary').count()).toBe(1);
    await accessible(page);
    await picture(page, 'change-unpaid', size);
    await page.click('.urgent .primary');
    await page.waitForURL(`**/orders/${order}/pay?change=*`);
    await expect.poll(() => page.textContent('main .primary')).toContain(staySays('change.pay.do', { price: '¥500' }));
    await expect.poll(() => page.textContent('.left')).toMatch(/(29|30):\d\d/);
    await accessible(page);
    await picture(page, 'change-pay', size);
    await page.click('main .primary');
    await page.waitForURL(/cashier/);
    await page.getByRole('button', { name: /^(付款|Pay)/ }).click();
    await page.waitForURL(/\/payment\/return/);
    await expect.poll(() => page.textContent('main')).toContain(say('pay.paid'));
    await expect.poll(async () => (await told()).end_date).toBe(day(13));
    expect(await told()).toMatchObject({ amount: 110_000, guests: { adults: 3 } });
    await page.goto(`/orders?order=${order}`);
    await expect.poll(() => page.textContent('.agreed')).toContain(nextDay(day(13)));
    expect(await page.textContent('.history')).toContain(staySays('change.end.DONE'));
    expect(await page.locator('.urgent').count()).toBe(0);
    await accessible(page);
    await picture(page, 'change-done', size);
  });

  test('the host asks for fewer nights; the guest reads what goes back by the policy, and declines', async () => {
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${order}`);
    await click(`${card()} .actions`, 'change.do');
    await page.fill('dialog [name=end_date]', day(12));
    // The night of 350 and the extra guest's 50 less; half of it goes back.
    await expect.poll(money).toBe(staySays('change.host.part', { amount: '¥400', refund: '¥200', kept: '¥200' }));
    await accessible(page);
    await picture(page, 'change-less', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(`${card()} .change h4`)).toBe(staySays('change.asked'));
    await logIn(visitor.context, guest);
    await page.goto('/orders');
    await expect.poll(() => page.textContent(`section:has(${card()}) > h2`)).toBe(say('orders.now'));
    expect(await page.textContent(`${card()} .change`)).toBe(staySays('change.guest.wanted'));
    await expect.poll(() => badge('/orders').textContent()).toContain(say('nav.waiting.changes', { n: 1 }));
    await accessible(page);
    await picture(page, 'change-guest-list', size);
    await page.goto(`/orders?order=${order}`);
    await expect
      .poll(() => page.textContent('.urgent'))
      .toContain(staySays('change.guest.part', { amount: '¥400', refund: '¥200', kept: '¥200' }));
    await click('.urgent', 'change.do.reject');
    await expect.poll(() => page.textContent('dialog .means')).toContain(staySays('change.stays'));
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('.urgent').count()).toBe(0);
    await expect.poll(() => badge('/orders').locator('.badge').count()).toBe(0);
    expect((await newest())?.status).toBe('REJECTED');
    expect((await told()).end_date).toBe(day(13));
    expect(await page.textContent('.history')).toContain(staySays('change.end.REJECTED'));
  });

  test('a change is withdrawn by the one who asked for it', async () => {
    await click('.next', 'change.do');
    await page.fill('dialog [name=end_date]', day(12));
    await expect.poll(money).toBe(staySays('change.guest.part', { amount: '¥400', refund: '¥200', kept: '¥200' }));
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('.urgent h2')).toBe(staySays('change.asked'));
    await click('.urgent', 'change.do.withdraw');
    await picture(page, 'change-withdraw', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('.urgent').count()).toBe(0);
    expect((await newest())?.status).toBe('WITHDRAWN');
  });

  test('a cheaper change that is accepted is done at once, and what goes back is what was said', async () => {
    await guest.call('POST', `/orders/${order}/changes`, { end_date: day(12) });
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${order}`);
    await click(card(), 'change.do.accept');
    await expect.poll(money).toBe(staySays('change.host.part', { amount: '¥400', refund: '¥200', kept: '¥200' }));
    await page.click('dialog footer .primary');
    await expect.poll(async () => (await told()).end_date).toBe(day(12));
    expect(await newest()).toMatchObject({ status: 'DONE', refund: 20_000 });
    await expect.poll(() => page.textContent(card())).toContain(nextDay(day(12)));
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${order}`);
    await expect.poll(() => page.textContent('.returned')).toContain('¥200');
    expect(await page.textContent('.side')).toContain('¥700');
    await picture(page, 'change-cheaper', size);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
