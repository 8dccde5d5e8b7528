import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  accessible as holdsAgainstAxe,
  newMobile,
  open,
  picture as takePicture,
  register,
  type Size,
  SIZES,
  type Visitor,
  visit,
} from './browser';
import { day, moveClock } from './clock';
import { Person } from './people';
import { type Language, wordsOf } from './words';

/** Whether the server keeps favourites for an account. */
const FAVOURITES = readFileSync(fileURLToPath(new URL('../../api/openapi.yaml', import.meta.url)), 'utf8').includes(
  '  /user/favourites:',
);

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

/** Both sizes in both languages; held against axe, and photographed, once a size. */
const WAYS: { size: Size; language: Language; closely: boolean }[] = [
  { size: 'phone', language: 'zh', closely: true },
  { size: 'desk', language: 'zh', closely: true },
  { size: 'phone', language: 'en', closely: false },
  { size: 'desk', language: 'en', closely: false },
];

describe.each(WAYS)('a guest at $size size, in $language', ({ size, language, closely }) => {
  const say = wordsOf(language);
  const accessible = async (page: Page) => closely && (await holdsAgainstAxe(page));
  const picture = async (page: Page, name: string, at: Size) => closely && (await takePicture(page, name, at));
  let host: Person;
  let guest: Visitor;
  let house = 0;
  const price = 300 + Math.floor(Math.random() * 500);
  const from = day(2);
  const until = day(5);

  beforeAll(async () => {
    host = await Person.register();
    house = await host.publish(`鼓楼旁的西厢房，推门就是胡同 ${price}`, price);
    guest = await visit(browser, size, false, language);
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
    expect(await page.textContent('.head')).toContain(say('list.countDates', { n: 3 }));
    await accessible(page);
    await picture(page, 'list', size);
    if (size === 'phone') {
      await page.click('.filter');
      await page.check('dialog input[type=checkbox][value="3"]', { force: true });
      await expect
        .poll(() => page.textContent('dialog footer'))
        .toMatch(language === 'zh' ? /查看 \d+ 套/ : /Show \d+ home/);
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
    await page.click(`.nothing button:has-text("${say('list.loosen.facilities')}")`);
    await page.waitForURL((url) => !url.search.includes('facility'));
    await page.waitForSelector('article.house');
    await page.click(`a[href*="/houses/${house}?"]`);
    await page.waitForURL(new RegExp(`/houses/${house}\\?`));
    const total = (price * 3 + 200).toLocaleString('en-US');
    if (size === 'desk') await expect.poll(() => page.textContent('.box')).toContain(`¥${total}`);
    await page.click(`button:has-text("${say('house.favourite')}")`);
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
    await expect
      .poll(() => page.textContent('main'))
      .toMatch(language === 'zh' ? /房东将在 2[34] 小时内回复/ : /The host has 2[34] hours to reply/);
    await accessible(page);
    await picture(page, 'orders', size);
  });

  test('the nights are gone for the next one, who is offered the nearest', async () => {
    const { page } = guest;
    await page.goto(`/houses/${house}?sd=${from}&ed=${until}`);
    await expect.poll(() => page.textContent(size === 'desk' ? '.box' : '.foot-bar')).toContain(say('house.taken'));
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
    await expect.poll(() => page.textContent('.box')).toContain(say('book.do'));
    const rival = await Person.register();
    await rival.book(house, ...wanted);
    await page.click('.box .primary');
    await expect.poll(() => page.textContent('.box')).toContain(say('book.taken'));
    await accessible(page);
    await picture(page, 'taken', size);
    await page.click('.box .notice button');
    await page.waitForURL((url) => url.searchParams.get('sd') !== wanted[0]);
    await page.click('.box .primary');
    await page.waitForURL('**/orders');
    await page.click(`.actions button:has-text("${say('orders.do.cancel')}")`);
    await expect.poll(() => page.textContent('dialog')).toContain(say('orders.refund.none'));
    await accessible(page);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('main')).toContain(say('orders.ended.guest.cancelled'));
  });

  test('the host accepts, the guest pays, stays, and comments', async () => {
    const { orders } = await host.call<{ orders: { order_id: number; start_date: string }[] }>(
      'GET',
      '/user/orders?role=landlord',
    );
    const order = orders.find((each) => each.start_date === from)?.order_id ?? 0;
    await host.answer(order, 'accept');
    const { page } = guest;
    await page.goto('/orders');
    await page.click(`.actions .primary:has-text("${say('orders.do.pay')}")`);
    await page.waitForURL(/\/orders\/\d+\/pay/);
    await expect
      .poll(() => page.textContent('main'))
      .toContain(say('pay.do', { price: `¥${(price * 3 + 200).toLocaleString('en-US')}` }));
    await accessible(page);
    await picture(page, 'pay', size);
    await page.click('main .primary');
    await page.waitForURL(/cashier/);
    await accessible(page);
    await picture(page, 'cashier', size);
    await page.getByRole('button', { name: /^(付款|Pay)/ }).click();
    await page.waitForURL(/\/payment\/return/);
    await expect.poll(() => page.textContent('main')).toContain(say('pay.paid'));
    await picture(page, 'paid', size);
    if (!inject('clock')) return;
    await moveClock(6);
    await host.until(order, 'WAIT_COMMENT');
    await page.goto('/orders');
    await page.click(`.actions .primary:has-text("${say('orders.do.comment')}")`);
    await page.click('dialog .stars label:nth-of-type(4)');
    await page.fill('dialog [name=text]', `胡同很安静，推门就是老北京 ${price}`);
    await accessible(page);
    await picture(page, 'comment', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('main')).toContain(say('orders.guest.COMPLETE'));
    await page.goto(`/houses/${house}`);
    await expect.poll(() => page.textContent('main')).toContain(`推门就是老北京 ${price}`);
    await accessible(page);
    await moveClock(0);
  });

  test('an ended session leads to log in and back; no network is told in words', async () => {
    const { page, context } = guest;
    await page.goto('/me');
    await page.waitForSelector('.hello');
    // Kept on the device before there was an account; the account has it now.
    await expect.poll(() => page.textContent('main')).toContain(`推门就是胡同 ${price}`);
    if (FAVOURITES) {
      await expect.poll(() => page.evaluate(() => localStorage.getItem('ihome.favourites'))).toBe(null);
      await page.reload();
      await expect.poll(() => page.textContent('main')).toContain(`推门就是胡同 ${price}`);
    }
    await accessible(page);
    await picture(page, 'me', size);
    await page.goto('/me/profile');
    await page.waitForSelector('[name=name]');
    await accessible(page);
    await picture(page, 'profile', size);
    await page.fill('[name=name]', '胡同里的阿明');
    await context.clearCookies();
    // On a slow machine another request of the page may be told first that the session has ended; then the form is gone already.
    await page.click('form:has([name=name]) button[type=submit]', { timeout: 3_000 }).catch(() => undefined);
    await page.waitForURL(/\/login\?then=%2Fme%2Fprofile|\/login\?then=\/me\/profile/);
    expect(await page.textContent('main')).toContain(say('login.ended'));
    await page.goto('/');
    await page.waitForSelector('.areas a');
    await page.click('button.go');
    // The home page has cards of its own.
    await page.waitForURL(/\/houses\?/);
    await page.waitForSelector('article.house, .nothing');
    await context.setOffline(true);
    if (size === 'phone') await page.click('.filter');
    else await page.check('.side input[type=checkbox][value="20"]', { force: true });
    await expect.poll(() => page.textContent('body')).toContain(say('error.offline'));
    await context.setOffline(false);
  });

  test.runIf(closely)('speaks English, and shows dark pages with contrast', async () => {
    const dark = await visit(browser, size, true);
    await dark.page.goto('/');
    await dark.page.click('.language');
    await expect.poll(() => dark.page.textContent('h1')).toContain('A light is on');
    for (const address of [
      '/',
      '/houses',
      `/houses/${house}?sd=${day(40)}&ed=${day(42)}`,
      '/login',
      '/register',
      '/me',
      '/nowhere',
    ]) {
      await dark.page.goto(address === '/nowhere' ? '/me' : address);
      await dark.page.waitForLoadState('networkidle');
      await holdsAgainstAxe(dark.page);
      if (address === '/' || address.startsWith('/houses/'))
        await takePicture(dark.page, address === '/' ? 'home-dark-english' : 'house-dark-english', size);
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
  const card = page.locator('article.house .title a').nth(30);
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
