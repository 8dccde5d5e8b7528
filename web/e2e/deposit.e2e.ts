/** What becomes of a deposit, and how a stay ends early: claims that are disputed, accepted and withdrawn, a guest who never came. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { noticeInEnglish } from '../src/i18n/notices';
import { showMoment } from '../src/lib/dates';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day, moveClock } from './clock';
import { logIn, payOn, Person } from './people';
import { command } from './server';
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
const REASON = '客厅的落地灯被打碎，灯罩也裂了。\n同款 120 元。';
const DECISION = '灯已用了三年，按折旧计算。';

interface Told {
  status: string;
  claims: { claim_id: number; amount: number; status: string; answer_by: string | null; answer: string }[];
  deposit_return_time: string | null;
  refunds: unknown[];
}

describe.skipIf(!inject('clock')).each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostSays = hostWordsOf(language);
  const staySays = stayWordsOf(language);
  const moment = (time: string | null | undefined) => showMoment(time ?? '', language);
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let [disputed, accepted, withdrawn, missed, left] = [0, 0, 0, 0, 0];
  const card = (order: number) => `#order-${order}`;
  const button = (order: number, words: string) => page.locator(`${card(order)} .event button`, { hasText: words });
  /** All that the host may do with the deposit and the stay; the guest can be reviewed whatever becomes of these. */
  const buttons = (order: number) =>
    page.locator(`${card(order)} .event button`, { hasNotText: hostSays('hostReview.do') });
  const told = (order: number) => guest.call<Told>('GET', `/orders/${order}`);
  const claim = async (order: number) => (await told(order)).claims[0];

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    const stay = async (title: string, until: string) => {
      const house = await host.publish(title, 300, 1, { instant_booking: true, check_out_by: '09:00' });
      const order = await guest.book(house, day(1), until);
      await payOn(page, guest, order);
      return order;
    };
    disputed = await stay('有落地灯的西厢房', day(2));
    accepted = await stay('有紫藤架的小院', day(2));
    withdrawn = await stay('窗下有鱼缸的东屋', day(2));
    missed = await stay('离钟楼两步路的阁楼', day(4));
    left = await stay('胡同尽头的小跨院', day(4));
    await moveClock(2, visitor.context);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await moveClock(0);
  });

  test('until the deposit goes back both sides read when that will be', async () => {
    // The clock ends a stay at once, and its deposit is in the lists when the server has looked.
    for (const order of [disputed, accepted, withdrawn])
      await expect.poll(async () => (await told(order)).refunds.length).toBe(1);
    const { deposit_return_time: time } = await told(disputed);
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${disputed}`);
    await expect
      .poll(() => page.textContent('.deposit'))
      .toContain(staySays('deposit.guest.waiting', { deposit: '¥200', time: moment(time) }));
    // Nothing is on its way yet.
    expect(await page.locator('.returned').count()).toBe(0);
    await page.goto('/orders');
    await expect
      .poll(() => page.textContent(card(disputed)))
      .toContain(say('orders.returned.later', { price: '¥200' }));
    await logIn(visitor.context, host);
    await page.goto('/host/orders');
    // Without unfolding, in a group of its own.
    await expect
      .poll(() => page.textContent(`section:has(${card(disputed)})`))
      .toContain(hostSays('hostOrders.group.held'));
    await expect
      .poll(() => page.textContent(card(disputed)))
      .toContain(staySays('deposit.host.waiting', { deposit: '¥200', time: moment(time) }));
    await accessible(page);
    await picture(page, 'deposit-host-waiting', size);
  });

  test('a claim says beforehand who gets how much, and names the field that is wrong', async () => {
    await button(disputed, hostSays('hostClaim.do')).click();
    const [amount, reason] = ['.field:has([name=amount]) .wrong', '.field:has([name=reason]) .wrong'];
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostClaim.money.none', { deposit: '¥200' }));
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent(`dialog ${amount}`))
      .toBe(hostSays('hostClaim.amount.bad', { deposit: '¥200' }));
    expect(await page.textContent(`dialog ${reason}`)).toBe(hostSays('hostClaim.reason.needed'));
    await picture(page, 'claim-refused', size);
    for (const bad of ['200.01', '0', '12.345', 'much']) {
      await page.fill('dialog [name=amount]', bad);
      await expect.poll(() => page.locator(`dialog ${amount}`).count()).toBe(0);
      await page.click('dialog footer .primary');
      await expect.poll(() => page.locator(`dialog ${amount}`).count(), { message: bad }).toBe(1);
    }
    await page.fill('dialog [name=reason]', 'x'.repeat(1001));
    await page.fill('dialog [name=amount]', '200');
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostClaim.money.all', { amount: '¥200' }));
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(`dialog ${reason}`)).toBe(say('form.over', { n: 1 }));
    await page.fill('dialog [name=amount]', '120.50');
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostClaim.money', { amount: '¥120.50', rest: '¥79.50' }));
    await page.fill('dialog [name=reason]', REASON);
    await accessible(page);
    await picture(page, 'claim', size);
    expect((await told(disputed)).claims).toEqual([]);
    // Closed by a tap beside it, it loses nothing.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()))
      .toBe(hostSays('hostClaim.do'));
    await button(disputed, hostSays('hostClaim.do')).click();
    expect(await page.inputValue('dialog [name=reason]')).toBe(REASON);
    expect(await page.inputValue('dialog [name=amount]')).toBe('120.50');
  });

  test('what the server refuses stands at its field; then the claim is sent once', async () => {
    const refuse = (json: object) =>
      page.route(`**/orders/${disputed}/claims`, (route) => route.fulfill({ json }), { times: 1 });
    await refuse({ errno: '4103', errmsg: '不能超过押金 100 元', data: { field: 'amount' } });
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent('dialog .field:has([name=amount]) .wrong'))
      .toBe(language === 'zh' ? '不能超过押金 100 元' : say('errno.4103'));
    await refuse({ errno: '4201', errmsg: '订单不存在或当前状态不允许此操作' });
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .notice.bad')).toBe(say('refused.orderState'));
    await page.fill('dialog [name=amount]', '120');
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent(card(disputed)))
      .toContain(staySays('claim.host.WAIT_ANSWER', { amount: '¥120' }));
    const made = await claim(disputed);
    expect(made?.amount).toBe(12_000);
    const shown = await page.textContent(card(disputed));
    for (const part of ['灯罩也裂了', moment(made?.answer_by)]) expect(shown).toContain(part);
    expect(await button(disputed, hostSays('hostClaim.do')).count()).toBe(0);
    expect(await button(disputed, hostSays('hostStay.do.withdraw')).count()).toBe(1);
    await accessible(page);
    await picture(page, 'claim-host', size);
  });

  test('the guest is told, reads until when to answer, and disputes with words', async () => {
    const notice = '房东申请从押金中扣款，请在 72 小时内答复，不答复视为同意';
    await logIn(visitor.context, guest);
    await page.goto('/me/notices');
    const line = page.locator('.notices li', { hasText: language === 'zh' ? notice : noticeInEnglish(notice) });
    await expect.poll(() => line.count()).toBe(1);
    expect(await line.textContent()).toContain(say('notices.amount', { amount: '¥120' }));
    await line.locator('button').click();
    await page.waitForURL(`**/orders?order=${disputed}`);
    await expect
      .poll(() => page.textContent('.deposit h2'))
      .toBe(staySays('claim.guest.WAIT_ANSWER', { amount: '¥120' }));
    const shown = await page.textContent('.deposit');
    for (const part of [moment((await claim(disputed))?.answer_by), '灯罩也裂了']) expect(shown).toContain(part);
    expect(shown).toMatch(language === 'zh' ? /还有 7[12] 小时/ : /7[12] hours left/);
    // What has to be answered in time comes first, and no other action outshines it.
    expect(await page.locator('.deposit ~ .next').count()).toBe(1);
    expect(await page.locator('main .primary').count()).toBe(0);
    await accessible(page);
    await picture(page, 'claim-guest', size);
    await page.click(`.deposit >> text="${staySays('claim.do.dispute')}"`);
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(staySays('claim.dispute.money', { amount: '¥120', deposit: '¥200' }));
    await page.fill('dialog [name=text]', '入'.repeat(1001));
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .field .wrong')).toBe(say('form.over', { n: 1 }));
    await page.fill('dialog [name=text]', '入住时灯已经坏了，有照片。');
    await accessible(page);
    await picture(page, 'claim-dispute', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('.deposit h2')).toBe(staySays('claim.guest.DISPUTED'));
    expect(await claim(disputed)).toMatchObject({ status: 'DISPUTED', answer: '入住时灯已经坏了，有照片。' });
    const now = await page.textContent('.deposit');
    for (const part of ['有照片', staySays('claim.disputed.next', { amount: '¥120', deposit: '¥200' })])
      expect(now).toContain(part);
    expect(await page.locator('.deposit button').count()).toBe(0);
    await accessible(page);
    await picture(page, 'claim-disputed', size);
  });

  test('an operator decides, and both sides read how much and why', async () => {
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${disputed}`);
    await expect.poll(() => page.textContent(card(disputed))).toContain(staySays('claim.host.DISPUTED'));
    expect(await page.textContent(card(disputed))).toContain('有照片');
    const made = await claim(disputed);
    expect(
      await command(inject('clock'), 'claim', 'decide', String(made?.claim_id), '50.50', '--reason', DECISION),
    ).toContain('is decided');
    await page.reload();
    await expect
      .poll(() => page.textContent(card(disputed)))
      .toContain(staySays('claim.decided', { granted: '¥50.50' }));
    const shown = await page.textContent(card(disputed));
    for (const part of [DECISION, '¥120', staySays('claim.host.rest', { rest: '¥149.50' })])
      expect(shown).toContain(part);
    expect(await buttons(disputed).count()).toBe(0);
    await accessible(page);
    await picture(page, 'claim-decided-host', size);
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${disputed}`);
    await expect.poll(() => page.textContent('.deposit')).toContain(staySays('claim.guest.rest', { rest: '¥149.50' }));
    expect(await page.textContent('.deposit')).toContain(DECISION);
    await expect
      .poll(async () => (await page.reload(), page.waitForSelector('.returned').then((line) => line.textContent())))
      .toContain('¥149.50');
    await accessible(page);
    await picture(page, 'claim-decided-guest', size);
  });

  test('a claim is accepted: the guest knows the money beforehand, the rest goes back at once', async () => {
    await host.call('POST', `/orders/${accepted}/claims`, { amount: '80', reason: '紫藤架被压断一根' });
    await page.goto(`/orders?order=${accepted}`);
    await page.click(`.deposit >> text="${staySays('claim.do.accept')}"`);
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(staySays('claim.accept.money', { amount: '¥80', rest: '¥120' }));
    await accessible(page);
    await picture(page, 'claim-accept', size);
    await page.click('dialog footer button:not(.primary)');
    expect((await claim(accepted))?.status).toBe('WAIT_ANSWER');
    await page.click(`.deposit >> text="${staySays('claim.do.accept')}"`);
    // Meanwhile it is too late, says the server.
    await page.route(
      `**/claims/*`,
      (route) => route.fulfill({ json: { errno: '4201', errmsg: '订单不存在或当前状态不允许此操作' } }),
      { times: 1 },
    );
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .notice.bad')).toBe(say('refused.orderState'));
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.textContent('.deposit'))
      .toContain(staySays('claim.guest.accepted', { granted: '¥80' }));
    expect(await page.textContent('.deposit')).toContain(staySays('claim.guest.rest', { rest: '¥120' }));
    await picture(page, 'claim-accepted', size);
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${accepted}`);
    await expect
      .poll(() => page.textContent(card(accepted)))
      .toContain(staySays('claim.host.accepted', { granted: '¥80' }));
  });

  test('a claim is withdrawn with the deposit, which goes back early', async () => {
    await host.call('POST', `/orders/${withdrawn}/claims`, { amount: '200', reason: '鱼缸漏水' });
    await page.goto(`/host/orders?order=${withdrawn}`);
    await button(withdrawn, hostSays('hostStay.do.withdraw')).click();
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostStay.release_deposit.money', { deposit: '¥200' }));
    expect(await page.textContent('dialog')).toContain(hostSays('hostStay.withdraw.final'));
    await accessible(page);
    await picture(page, 'claim-withdraw', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(card(withdrawn))).toContain(staySays('claim.host.WITHDRAWN'));
    expect(await buttons(withdrawn).count()).toBe(0);
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${withdrawn}`);
    await expect.poll(() => page.textContent('.deposit')).toContain(staySays('claim.guest.WITHDRAWN'));
    await expect
      .poll(async () => (await page.reload(), page.waitForSelector('.returned').then((line) => line.textContent())))
      .toContain('¥200');
  });

  test('a guest who has left early: the stay is over, the nights are free, and the deposit goes back when the host says so', async () => {
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${left}`);
    await button(left, hostSays('hostStay.do.left')).click();
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostStay.left.money', { amount: '¥900' }));
    await accessible(page);
    await picture(page, 'stay-left', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(card(left))).toContain(say('orders.host.WAIT_COMMENT'));
    await button(left, hostSays('hostStay.do.release_deposit')).click();
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe(hostSays('hostStay.release_deposit.money', { deposit: '¥200' }));
    expect(await page.textContent('dialog')).toContain(hostSays('hostStay.release_deposit.final'));
    await accessible(page);
    await picture(page, 'deposit-release', size);
    await page.keyboard.press('Escape');
    expect((await told(left)).deposit_return_time).not.toBeNull();
    await button(left, hostSays('hostStay.do.release_deposit')).click();
    await page.click('dialog footer .primary');
    await expect.poll(() => buttons(left).count()).toBe(0);
    expect((await told(left)).deposit_return_time).toBeNull();
  });

  test('a guest who never came: what goes back is said to the fen, and is what goes back', async () => {
    // Nothing can be said of it before the money is known, which the server says.
    await page.route(
      '**/refund-preview?action=no_show',
      (route) => route.fulfill({ status: 500, json: { errno: '4500', errmsg: '服务器内部错误' } }),
      { times: 1 },
    );
    await page.goto(`/host/orders?order=${missed}`);
    await button(missed, hostSays('hostStay.do.no_show')).click();
    await expect.poll(() => page.textContent('dialog [role=alert]')).toContain(say('error.broken'));
    expect(await page.getAttribute('dialog footer .primary', 'aria-disabled')).toBe('true');
    await page.click('dialog footer .primary', { force: true });
    await page.click('dialog [role=alert] button');
    // Three nights, half of them by the flexible policy, and the deposit.
    const lodging = hostSays('hostStay.no_show.part', {
      policy: say('terms.flexible'),
      share: 50,
      back: '¥450',
      kept: '¥450',
    });
    await expect
      .poll(() => page.textContent('dialog .money'))
      .toBe([lodging, hostSays('hostStay.no_show.deposit', { deposit: '¥200' })].join(language === 'zh' ? '' : ' '));
    await accessible(page);
    await picture(page, 'no-show', size);
    await page.click('dialog footer button:not(.primary)');
    expect((await told(missed)).status).toBe('PAID');
    await button(missed, hostSays('hostStay.do.no_show')).click();
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await expect.poll(() => page.textContent(card(missed))).toContain(say('orders.ended.host.noShow'));
    const shown = await page.textContent(card(missed));
    for (const part of [
      '¥650',
      say('orders.returned.lodging', { price: '¥450' }),
      say('orders.returned.deposit', { price: '¥200' }),
    ])
      expect(shown).toContain(part);
    // The nights are free again: it is no cancellation, after which they stay closed.
    expect(shown).not.toContain(hostSays('hostOrders.closed'));
    await picture(page, 'no-show-host', size);
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${missed}`);
    await expect.poll(() => page.textContent('.next')).toContain(say('orders.ended.guest.noShow'));
    const next = await page.textContent('.next');
    for (const part of [say('orders.next.noShow'), '¥650']) expect(next).toContain(part);
    expect(await page.locator('.next a.button').count()).toBe(0);
    expect(await page.textContent('.history')).toContain(say('orders.action.no_show'));
    await accessible(page);
    await picture(page, 'no-show-guest', size);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
