/** What waits for whom: badges, notices, the order of lists; and what guests see of a host. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hostZh } from '../src/i18n/host-zh';
import { hostEn } from '../src/i18n/host-en';
import { showDay } from '../src/lib/dates';
import { accessible, newIdCard, open, picture, type Size, visit } from './browser';
import { day, moveClock } from './clock';
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
const SIDES = { phone: 'nav.tabs', desk: 'nav.wide' } as const;

/** Half a minute later by the page's own clock, somebody looks at the window again. */
const lookAgain = (page: Page) =>
  page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 60_000;
    window.dispatchEvent(new Event('focus'));
  });

async function pay(page: Page, guest: Person, order: number): Promise<void> {
  const { pay_url } = await guest.call<{ pay_url: string }>('POST', `/orders/${order}/payment`);
  await page.goto(pay_url);
  await page.getByRole('button', { name: /^(付款|Pay)/ }).click();
  await expect.poll(async () => (await guest.call<{ status: string }>('GET', `/orders/${order}`)).status).toBe('PAID');
}

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const host = language === 'zh' ? hostZh : hostEn;
  const badge = (page: Page, place: string) => page.locator(`${SIDES[size]} a[href="${place}"]`);

  test('what waits is told in the navigation, and told anew when something was done', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const house = await owner.publish('两个请求的院子', 300);
    const first = await guest.book(house, day(12), day(13));
    await guest.book(house, day(15), day(16));
    const { page, context, trouble } = await visit(browser, size, false, language);
    await logIn(context, owner);
    await page.goto('/host/orders');
    await expect.poll(() => badge(page, '/host').textContent()).toContain(say('nav.waiting.requests', { n: 2 }));
    expect(await badge(page, '/host').locator('.badge').textContent()).toBe('2');
    await expect.poll(() => badge(page, '/me').textContent()).toContain(say('nav.waiting.notices', { n: 2 }));
    await accessible(page);
    await picture(page, 'badges', size);
    // Accepted on the page: told at once. Asked for elsewhere: told when one looks at the window again.
    await page.locator(`#order-${first} .actions button`).first().click();
    await expect.poll(() => badge(page, '/host').textContent()).toContain(say('nav.waiting.requests', { n: 1 }));
    await guest.book(house, day(18), day(19));
    await lookAgain(page);
    await expect.poll(() => badge(page, '/host').textContent()).toContain(say('nav.waiting.requests', { n: 2 }));
    // The guest has one to pay.
    await context.clearCookies();
    await logIn(context, guest);
    await page.goto('/orders');
    await expect.poll(() => badge(page, '/orders').textContent()).toContain(say('nav.waiting.payments', { n: 1 }));
    expect(await badge(page, '/host').locator('.badge').count()).toBe(0);
    expect(trouble).toEqual([]);
    await context.close();
  });

  test('notices are read once, in the reader’s language, and lead to their order', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const house = await owner.publish('有通知的院子', 300);
    const order = await guest.book(house, day(22), day(24));
    await owner.answer(order, 'reject', '这几天家里要维修');
    const { page, context } = await visit(browser, size, false, language);
    await logIn(context, guest);
    await page.goto('/me');
    await expect.poll(() => badge(page, '/me').textContent()).toContain(say('nav.waiting.notices', { n: 2 }));
    await page.click(`nav.places a:has-text("${say('notices.title')}")`);
    await page.waitForURL('**/me/notices');
    const newest = page.locator('.notices li').first();
    await expect
      .poll(() => newest.textContent())
      .toContain(language === 'zh' ? '房东没有接单' : 'The host declined your request');
    expect(await newest.textContent()).toContain(showDay(day(22), language));
    expect(await newest.textContent()).toContain(language === 'zh' ? '这几天家里要维修' : 'Repairs on these dates');
    await expect.poll(() => badge(page, '/me').locator('.badge').count()).toBe(0);
    await accessible(page);
    await page.reload();
    await page.waitForSelector('.notices li');
    await page.waitForTimeout(900);
    expect(await badge(page, '/me').locator('.badge').count()).toBe(0);
    await newest.locator('button').click();
    await page.waitForURL(`**/orders?order=${order}`);
    await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.guest.rejected'));
    await context.close();
  });

  test('notices read on one device are read on the other', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    await guest.book(await owner.publish('两部手机的院子', 300), day(26), day(27));
    const [here, there] = [await visit(browser, size, false, language), await visit(browser, size, false, language)];
    for (const { context } of [here, there]) await logIn(context, owner);
    await there.page.goto('/host');
    await expect.poll(() => badge(there.page, '/me').textContent()).toContain(say('nav.waiting.notices', { n: 1 }));
    await here.page.goto('/me/notices');
    await expect.poll(() => here.page.locator('.notices li .new').count()).toBe(1);
    await expect.poll(async () => (await owner.call<{ notices: number }>('GET', '/user/waiting')).notices).toBe(0);
    await lookAgain(there.page);
    await expect.poll(() => badge(there.page, '/me').locator('.badge').count()).toBe(0);
    for (const { context } of [here, there]) await context.close();
  });

  test('requests stand in the order of their arrival', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const house = await owner.publish('三个请求的院子', 300);
    const orders: Record<number, number> = {};
    for (const ahead of [20, 5, 12]) orders[ahead] = await guest.book(house, day(ahead), day(ahead + 2));
    const { page, context } = await visit(browser, size, false, language);
    await logIn(context, owner);
    await page.goto('/host/orders');
    await page.waitForSelector('article.order');
    const ids = await page
      .locator('article.order')
      .evaluateAll((cards) => cards.map((card) => Number(card.id.replace('order-', ''))));
    expect(ids).toEqual([orders[5], orders[12], orders[20]]);
    await context.close();
  });

  test('the stay one is in comes first, with its number, its picture and a way to the house', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const house = await owner.publish('今晚就住的院子', 300);
    const { page, context } = await visit(browser, size, false, language);
    const tonight = await guest.book(house, day(0), day(2));
    await owner.answer(tonight, 'accept');
    await pay(page, guest, tonight);
    await owner.answer(await guest.book(await owner.publish('以后再住的院子', 300), day(30), day(31)), 'accept');
    await logIn(context, guest);
    await page.goto('/orders');
    const first = page.locator('article.order').first();
    await expect.poll(() => first.textContent()).toContain('今晚就住的院子');
    expect(await page.locator('article.order').count()).toBe(2);
    for (const link of ['.picture', 'h3 a'])
      expect(await first.locator(link).getAttribute('href')).toBe(`/houses/${house}`);
    await first.locator('h3 a').click();
    await page.waitForURL(`**/houses/${house}`);
    await page.goBack();
    await first.locator('a.whole').click();
    await page.waitForURL(`**/orders?order=${tonight}`);
    await expect.poll(() => page.textContent('main')).toContain(say('orders.number', { id: tonight }));
    expect(await page.textContent('.next')).toContain(
      say('orders.next.today', { time: say('times.from', { from: '15:00' }) }),
    );
    // Back to the list, which is there at once.
    await page.goBack();
    await expect.poll(() => page.locator('article.order').count()).toBe(2);
    await context.close();
  });

  test('the time to pay runs on the page of the payment', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const order = await guest.book(await owner.publish('还没付款的院子', 300), day(30), day(31));
    await owner.answer(order, 'accept');
    const { page, context } = await visit(browser, size, false, language);
    await logIn(context, guest);
    await page.goto(`/orders/${order}/pay`);
    const seconds = async () => {
      const [, minutes = '', rest = ''] = /(\d+):(\d\d)/.exec((await page.textContent('.left')) ?? '') ?? [];
      return minutes === '' ? -1 : Number(minutes) * 60 + Number(rest);
    };
    await expect.poll(seconds).toBeGreaterThan(20 * 60);
    const before = await seconds();
    await expect.poll(seconds).toBeLessThan(before);
    await context.close();
  });

  test.skipIf(!inject('clock'))('a review begins without a star, and needs one', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const { page, context } = await visit(browser, size, false, language);
    const order = await guest.book(await owner.publish('住过了的院子', 300), day(0), day(2));
    await owner.answer(order, 'accept');
    await pay(page, guest, order);
    await logIn(context, guest);
    await moveClock(3, context);
    try {
      await guest.until(order, 'WAIT_COMMENT');
      await page.goto('/orders');
      await page.click(`.actions .primary:has-text("${say('orders.do.comment')}")`);
      await page.waitForSelector('dialog [name=stars]', { state: 'attached' });
      expect(await page.locator('dialog [name=stars]:checked').count()).toBe(0);
      await page.fill('dialog [name=text]', '早上有鸽哨。');
      await page.click('dialog footer .primary');
      await expect.poll(() => page.textContent('dialog')).toContain(say('orders.stars.needed'));
    } finally {
      await moveClock(0);
      await context.close();
    }
  });

  test('a guest sees who the host is: verified, since when, how fast, once there is enough to say it', async () => {
    const [owner, guest] = [await Person.register(), await Person.register()];
    const house = await owner.publish('回复很快的院子', 300);
    const { page, context } = await visit(browser, size, false, language);
    await page.goto(`/houses/${house}`);
    const about = () => page.textContent('.host .about');
    await expect.poll(about).toContain(say('host.houses', { n: 1 }));
    expect(await about()).not.toContain(say('host.verified'));
    await owner.call('POST', '/user/auth', { real_name: '林小满', id_card: newIdCard() });
    for (const ahead of [20, 22, 24])
      await owner.answer(await guest.book(house, day(ahead), day(ahead + 1)), 'reject', host['hostOrders.reason.own']);
    await page.reload();
    await expect.poll(about).toContain(say('host.verified'));
    expect(await about()).toContain(say('host.minutes', { n: 5 }));
    expect(await page.content()).not.toContain('林小满');
    await context.close();
  });
});
