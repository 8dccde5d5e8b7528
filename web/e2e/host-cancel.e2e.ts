/** A host takes back an order: what is said before it is done, and what either side is told afterwards. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeInEnglish } from '../src/i18n/notices';
import { REASONS } from '../src/lib/reasons';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { logIn, payOn, Person } from './people';
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

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostSays = hostWordsOf(language);
  const notice = (text: string) => (language === 'zh' ? text : noticeInEnglish(text));
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let house = 0;
  let unpaid = 0;
  let paid = 0;
  const main = () => page.textContent('main');
  const card = (order: number) => `#order-${order}`;
  const cancelOf = (order: number) => `${card(order)} .actions >> text="${hostSays('hostOrders.do.cancel')}"`;

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    house = await host.publish('院里有一口老井的人家', 300);
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    unpaid = await guest.book(house, day(10), day(12));
    await host.answer(unpaid, 'accept');
    paid = await guest.book(house, day(20), day(22));
    await host.answer(paid, 'accept');
    await logIn(visitor.context, guest);
    await payOn(page, guest, paid);
  });
  afterAll(() => visitor?.context.close());

  test('nothing can be cancelled before the money is known', async () => {
    await logIn(visitor.context, host);
    await page.route(
      '**/refund-preview?action=cancel',
      (route) => route.fulfill({ status: 500, json: { errno: '4500', errmsg: '服务器内部错误' } }),
      { times: 1 },
    );
    await page.goto(`/host/orders?order=${paid}`);
    await page.click(cancelOf(paid));
    await expect.poll(() => page.textContent('dialog [role=alert]')).toContain(say('error.broken'));
    expect(await page.getAttribute('dialog footer .primary', 'aria-disabled')).toBe('true');
    await page.click('dialog .chip');
    await page.click('dialog footer .primary', { force: true });
    await page.click('dialog [role=alert] button');
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostOrders.cancel.refundDeposit', { total: '¥800', lodging: '¥600', deposit: '¥200' }));
    expect((await guest.call<{ status: string }>('GET', `/orders/${paid}`)).status).toBe('PAID');
  });

  test('the dialog says what it means, asks for a reason, and does nothing when it is closed', async () => {
    const means = await page.textContent('dialog .means');
    for (const key of ['hostOrders.cancel.nights', 'hostOrders.cancel.counted'] as const)
      expect(means).toContain(hostSays(key));
    expect(means).not.toContain(hostSays('hostOrders.cancel.staying'));
    await page.fill('dialog [name=reason]', '  ');
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .field .wrong')).toBe(hostSays('hostOrders.reason.needed'));
    await page.fill('dialog [name=reason]', '家里老人病了，实在抱歉。\n下次来住给您优惠。');
    await accessible(page);
    await picture(page, 'host-cancel', size);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect((await guest.call<{ status: string }>('GET', `/orders/${paid}`)).status).toBe('PAID');
    // The keyboard goes on where it was.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()))
      .toBe(hostSays('hostOrders.do.cancel'));
    await page.click(cancelOf(paid));
    expect(await page.inputValue('dialog [name=reason]')).toContain('家里老人病了');
  });

  test('a refusal of the server’s is told where it belongs', async () => {
    await expect.poll(() => page.getAttribute('dialog footer .primary', 'aria-disabled')).toBe('false');
    const refuse = (json: object) =>
      page.route(`**/orders/${paid}/status`, (route) => route.fulfill({ json }), { times: 1 });
    await refuse({ errno: '4103', errmsg: '原因最多 500 个字', data: { field: 'reason' } });
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent('dialog .field .wrong'))
      .toBe(language === 'zh' ? '原因最多 500 个字' : say('errno.4103'));
    await refuse({ errno: '4201', errmsg: '订单不存在或当前状态不允许此操作' });
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .notice.bad')).toContain(say('refused.orderState'));
  });

  test('a paid order is cancelled: the host sees what goes back, and the way to open the nights', async () => {
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await expect.poll(() => page.textContent(card(paid))).toContain(say('orders.ended.host.byHost'));
    const shown = await page.textContent(card(paid));
    for (const part of ['家里老人病了', '¥800', hostSays('hostOrders.closed')]) expect(shown).toContain(part);
    await page.click(`${card(paid)} summary`);
    await expect.poll(() => page.textContent(`${card(paid)} details`)).toContain(say('orders.action.cancel.host'));
    await accessible(page);
    await picture(page, 'host-cancelled', size);
    // Nobody can book the nights until the host opens them again.
    const free = async () =>
      (await guest.call<{ free: boolean }>('GET', `/houses/${house}/quote?start_date=${day(20)}&end_date=${day(22)}`))
        .free;
    expect(await free()).toBe(false);
    await page.click(`${card(paid)} a:text-is("${hostSays('hostOrders.reopen')}")`);
    await page.waitForURL(`**/host/houses/${house}/calendar`);
    await expect.poll(() => page.getAttribute(`[data-day="${day(20)}"]`, 'class')).toContain('blocked');
    await page.click(`[data-day="${day(20)}"]`);
    await page.click(`[data-day="${day(21)}"]`);
    await page.click(`.acts >> text="${hostSays('hostCalendar.do.unblock')}"`);
    await expect.poll(free).toBe(true);
  });

  test('an order that waits for its payment: nothing goes back, and that is said', async () => {
    await page.goto(`/host/orders?order=${unpaid}`);
    await page.click(cancelOf(unpaid));
    await expect.poll(() => page.textContent('dialog .money')).toBe(hostSays('hostOrders.cancel.unpaid'));
    await page.click(`dialog .chip:text-is("${REASONS.own[language]}")`);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(card(unpaid))).toContain(say('orders.ended.host.byHost'));
    expect(await page.locator(`${card(unpaid)} .actions`).count()).toBe(0);
  });

  test('the guest is told who cancelled, why, what goes back, and where else to stay', async () => {
    await logIn(visitor.context, guest);
    await page.goto('/me/notices');
    const told = (text: string) => page.locator('.notices li', { hasText: notice(text) });
    await expect.poll(() => told('房东取消了订单，已付款项将全额原路退回').count()).toBe(1);
    expect(await told('房东取消了订单，已付款项将全额原路退回').textContent()).toContain('家里老人病了');
    // A usual reason is told in the reader's language.
    await expect.poll(main).toContain(say('orders.reason', { reason: REASONS.own[language] }));
    await accessible(page);
    await picture(page, 'host-cancel-notices', size);
    await told('房东取消了订单，已付款项将全额原路退回').locator('button').click();
    await page.waitForURL(`**/orders?order=${paid}`);
    await expect.poll(() => page.textContent('.next')).toContain(say('orders.ended.guest.byHost'));
    const next = await page.textContent('.next');
    for (const part of [
      '家里老人病了',
      '¥800',
      say('orders.returned.lodging', { price: '¥600' }),
      say('orders.returned.deposit', { price: '¥200' }),
    ])
      expect(next).toContain(part);
    expect(await page.textContent('.history')).toContain(say('orders.action.cancel.host'));
    await accessible(page);
    await picture(page, 'host-cancel-guest', size);
    await page.click('.next a.button');
    await page.waitForURL(`**/houses?sd=${day(20)}&ed=${day(22)}&guests=1`);
    await page.goto(`/orders?order=${unpaid}`);
    await expect.poll(() => page.textContent('.next')).toContain(say('orders.next.notCharged'));
    await page.goto('/orders');
    await expect.poll(() => page.textContent(card(paid))).toContain(say('orders.ended.guest.byHost'));
  });

  test('whoever looks at the house sees how often its host has cancelled', async () => {
    await visitor.context.clearCookies();
    await page.goto(`/houses/${house}`);
    await page.locator('section.host').scrollIntoViewIfNeeded();
    await expect.poll(() => page.textContent('section.host')).toContain(say('host.cancellations', { n: 2 }));
    await accessible(page);
    await picture(page, 'host-cancellations', size);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
