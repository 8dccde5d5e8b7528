import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessible, moveClock, newMobile, open, picture, register, type Size, SIZES, type Visitor, visit } from './browser';
import { day, Person } from './people';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

describe.each(Object.keys(SIZES) as Size[])('a guest at %s size', (size) => {
  let host: Person;
  let guest: Visitor;
  let house = 0;
  const price = 300 + Math.floor(Math.random() * 500);
  const from = day(2);
  const until = day(5);

  beforeAll(async () => {
    host = await Person.register();
    house = await host.publish(`鼓楼旁的西厢房，推门就是胡同 ${price}`, price);
    guest = await visit(browser, size);
  });
  afterAll(() => guest?.context.close());

  test('a guest searches by dates and price, and finds exactly this house', async () => {
    const { page } = guest;
    await page.goto('/');
    await page.waitForSelector('.areas a');
    await accessible(page);
    await picture(page, 'home', size);
    await page.click('button.go');
    await page.waitForURL(/\/houses\?/);
    await page.goto(`/houses?aid=1&sd=${from}&ed=${until}&pmin=${price}&pmax=${price}&sk=new`);
    await page.waitForSelector('article.house');
    expect(await page.textContent('.head')).toMatch(/共 \d+ 套 · 这 3 晚都空着/);
    await accessible(page);
    await picture(page, 'list', size);
    if (size === 'phone') {
      await page.click('.filter');
      await page.check('dialog input[type=checkbox][value="3"]', { force: true });
      await expect.poll(() => page.textContent('dialog footer')).toMatch(/查看 \d+ 套/);
      await accessible(page);
      await picture(page, 'filters', size);
      await page.click('dialog footer .primary');
    } else {
      await page.check('.side input[type=checkbox][value="3"]', { force: true });
    }
    await page.waitForURL(/facility=3/);
    await page.waitForSelector(`a[href*="/houses/${house}?"]`);
    await page.goto(`/houses?aid=1&sd=${from}&ed=${until}&pmin=${price}&pmax=${price}&facility=18,23`);
    await page.waitForSelector('.nothing button');
    await accessible(page);
    await picture(page, 'nothing-found', size);
    await page.click('.nothing button:has-text("不限设施")');
    await page.waitForURL((url) => !url.search.includes('facility'));
    await page.waitForSelector('article.house');
    await page.click(`a[href*="/houses/${house}?"]`);
    await page.waitForURL(new RegExp(`/houses/${house}\\?`));
    const total = (price * 3 + 200).toLocaleString('en-US');
    if (size === 'desk') await expect.poll(() => page.textContent('.box')).toContain(`¥${total}`);
    await accessible(page);
    await picture(page, 'house', size);
  });

  test('books after registering in the middle, with everything still chosen', async () => {
    const { page } = guest;
    await page.click(size === 'desk' ? '.box .primary' : '.foot-bar .primary');
    await page.waitForURL(/\/login\?then=/);
    await page.click('.card a.link');
    await register(page, newMobile());
    await page.waitForURL(new RegExp(`/houses/${house}/book\\?.*sd=${from}`));
    await expect.poll(() => page.textContent('.box')).toContain(`¥${(price * 3 + 200).toLocaleString('en-US')}`);
    await accessible(page);
    await picture(page, 'book', size);
    await page.click('.box .primary');
    await page.waitForURL('**/orders');
    await expect.poll(() => page.textContent('main')).toMatch(/房东将在 2[34] 小时内回复/);
    await accessible(page);
    await picture(page, 'orders', size);
  });

  test('the nights are gone for the next one, who is offered the nearest', async () => {
    const { page } = guest;
    await page.goto(`/houses/${house}?sd=${from}&ed=${until}`);
    await expect.poll(() => page.textContent(size === 'desk' ? '.box' : '.foot-bar')).toContain('这些日期已有人订');
    await page.click(size === 'desk' ? '.box .dates' : '.foot-bar .sum');
    await expect.poll(() => page.getAttribute(`[data-day="${from}"]`, 'aria-disabled')).toBe('true');
    await accessible(page);
    await picture(page, 'calendar', size);
    await page.keyboard.press('Escape');
  });

  test('taken meanwhile: the form says so and offers the nearest dates, which book', async () => {
    const { page } = guest;
    const wanted = [day(7), day(9)] as const;
    await page.goto(`/houses/${house}/book?sd=${wanted[0]}&ed=${wanted[1]}`);
    await expect.poll(() => page.textContent('.box')).toContain('提交预订');
    const rival = await Person.register();
    await rival.book(house, ...wanted);
    await page.click('.box .primary');
    await expect.poll(() => page.textContent('.box')).toContain('刚刚被别人订走了');
    await accessible(page);
    await picture(page, 'taken', size);
    await page.click('.box .notice button');
    await page.waitForURL((url) => url.searchParams.get('sd') !== wanted[0]);
    await page.click('.box .primary');
    await page.waitForURL('**/orders');
    await page.click('.actions button:has-text("取消预订")');
    await expect.poll(() => page.textContent('dialog')).toContain('取消不收任何费用');
    await accessible(page);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('main')).toContain('已取消');
  });

  test('the host accepts, the guest pays, stays, and comments', async () => {
    const { orders } = await host.call<{ orders: { order_id: number; start_date: string }[] }>('GET', '/user/orders?role=landlord');
    await host.answer(orders.find((order) => order.start_date === from)?.order_id ?? 0, 'accept');
    const { page } = guest;
    await page.goto('/orders');
    await page.click('.actions .primary:has-text("付款")');
    await page.waitForURL(/\/orders\/\d+\/pay/);
    await expect.poll(() => page.textContent('main')).toContain(`支付 ¥${(price * 3 + 200).toLocaleString('en-US')}`);
    await accessible(page);
    await picture(page, 'pay', size);
    await page.click('main .primary');
    await page.waitForURL(/cashier/);
    await accessible(page);
    await picture(page, 'cashier', size);
    await page.click('button:has-text("付款"):not(:has-text("取消"))');
    await page.waitForURL(/\/payment\/return/);
    await expect.poll(() => page.textContent('main')).toContain('付款成功');
    await picture(page, 'paid', size);
    if (!inject('clock')) return;
    await moveClock(6);
    await page.goto('/orders');
    await page.click('.actions .primary:has-text("写评价")');
    await page.click('dialog .stars label:nth-of-type(4)');
    await page.fill('dialog [name=text]', `胡同很安静，推门就是老北京 ${price}`);
    await accessible(page);
    await picture(page, 'comment', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('main')).toContain('已完成');
    await page.goto(`/houses/${house}`);
    await expect.poll(() => page.textContent('main')).toContain(`推门就是老北京 ${price}`);
    await accessible(page);
    await moveClock(0);
  });

  test('an ended session leads to log in and back; no network is told in words', async () => {
    const { page, context } = guest;
    await page.goto('/me');
    await page.waitForSelector('.hello');
    await accessible(page);
    await picture(page, 'me', size);
    await page.goto('/me/profile');
    await page.waitForSelector('[name=name]');
    await accessible(page);
    await picture(page, 'profile', size);
    await context.clearCookies();
    await page.fill('[name=name]', '胡同里的阿明');
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/login\?then=%2Fme%2Fprofile|\/login\?then=\/me\/profile/);
    expect(await page.textContent('main')).toContain('登录已过期');
    await page.goto('/');
    await page.waitForSelector('.areas a');
    await page.click('button.go');
    await page.waitForSelector('article.house, .nothing');
    await context.setOffline(true);
    if (size === 'phone') await page.click('.filter');
    else await page.check('.side input[type=checkbox][value="22"]', { force: true });
    await expect.poll(() => page.textContent('body')).toContain('网络断开了');
    await context.setOffline(false);
  });

  test('speaks English, and shows dark pages with contrast', async () => {
    const dark = await visit(browser, size, true);
    await dark.page.goto('/');
    await dark.page.click('.language');
    await expect.poll(() => dark.page.textContent('h1')).toContain('A lamp is lit');
    for (const address of ['/', '/houses', `/houses/${house}?sd=${day(40)}&ed=${day(42)}`, '/login', '/register', '/me', '/nowhere']) {
      await dark.page.goto(address === '/nowhere' ? '/me' : address);
      await dark.page.waitForLoadState('networkidle');
      await accessible(dark.page);
      if (address === '/' || address.startsWith('/houses/')) await picture(dark.page, address === '/' ? 'home-dark-english' : 'house-dark-english', size);
    }
    expect(dark.trouble).toEqual([]);
    await dark.context.close();
  });

  test('nothing failed unseen', () => expect(guest.trouble).toEqual([]));
});

test.skipIf(!inject('listings'))('a long list keeps its place when one comes back', async () => {
  const { page, context } = await visit(browser, 'phone');
  await page.goto('/houses');
  await page.waitForSelector('article.house');
  for (let turn = 0; turn < 4; turn++) {
    await page.mouse.wheel(0, 6000);
    await page.waitForTimeout(300);
  }
  await expect.poll(() => page.locator('article.house').count()).toBeGreaterThan(40);
  const card = page.locator('article.house a').nth(30);
  await card.scrollIntoViewIfNeeded();
  await card.click();
  await page.waitForURL(/\/houses\/\d+/);
  await page.goBack();
  await page.waitForSelector('article.house');
  // The card one went to is in sight again.
  const inSight = async () => {
    const box = await card.boundingBox();
    return box !== null && box.y > -box.height && box.y < SIZES.phone.viewport.height;
  };
  await expect.poll(inSight).toBe(true);
  await context.close();
});
