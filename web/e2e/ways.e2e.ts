import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessible, newIdCard, newMobile, open, picture, register, type Size, SIZES, type Visitor, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

/** A picture as a phone would make it, drawn in the page itself. */
async function photo(visitor: Visitor): Promise<Buffer> {
  const data = await visitor.page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1067;
    const context = canvas.getContext('2d');
    if (!context) return '';
    const sky = context.createLinearGradient(0, 0, 0, 1067);
    sky.addColorStop(0, '#2b2f4a');
    sky.addColorStop(1, '#e59a5a');
    context.fillStyle = sky;
    context.fillRect(0, 0, 1600, 1067);
    context.fillStyle = '#26201a';
    context.fillRect(300, 480, 1000, 587);
    context.fillStyle = '#f0a04b';
    context.fillRect(640, 640, 320, 427);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  });
  return Buffer.from(data, 'base64');
}

describe.each(Object.keys(SIZES) as Size[])('at %s size', (size) => {
  let host: Visitor;
  let guest: Visitor;
  let house = '';
  const price = 300 + Math.floor(Math.random() * 500);
  const from = day(20);
  const until = day(23);

  beforeAll(async () => {
    host = await visit(browser, size);
    guest = await visit(browser, size);
  });
  afterAll(async () => {
    await host?.context.close();
    await guest?.context.close();
  });

  test('a host asked to log in registers, and lands where the way began', async () => {
    const { page } = host;
    await page.goto('/host/new');
    await page.waitForURL(/\/login\?then=/);
    await accessible(page);
    await picture(page, 'login', size);
    await page.click('.card a.link');
    await page.waitForSelector('.captcha img');
    await accessible(page);
    await picture(page, 'register', size);
    await register(page, newMobile());
    await page.waitForURL('**/host/new');
  });

  test('verifies who they are, and comes back to publishing', async () => {
    const { page } = host;
    await page.click('.notice a.link');
    await page.waitForURL(/\/me\/verify/);
    await page.fill('[name=real_name]', '张晓明');
    await page.fill('[name=id_card]', '110105194912310021');
    await page.click('form button[type=submit]');
    await expect.poll(() => page.textContent('form')).toContain('身份证号有误');
    await accessible(page);
    await picture(page, 'verify', size);
    await page.fill('[name=id_card]', newIdCard());
    await page.click('form button[type=submit]');
    await page.waitForURL('**/host/new');
  });

  test('publishes in five steps; the draft outlives a reload', async () => {
    const { page } = host;
    const next = () => page.click('form button[type=submit]');
    await page.waitForSelector('[name=address]');
    await next();
    await expect.poll(() => page.textContent('form')).toContain('请选择城区');
    await page.check('[name=area_id][value="1"]', { force: true });
    await page.fill('[name=address]', '东城区旧鼓楼大街小石桥胡同24号');
    await accessible(page);
    await picture(page, 'publish-1', size);
    await next();
    await page.waitForURL(/step=2/);
    await page.reload();
    await page.waitForSelector('[name=acreage]');
    await page.goBack();
    await expect.poll(() => page.inputValue('[name=address]')).toContain('小石桥胡同');
    await page.goForward();
    await page.waitForSelector('[name=acreage]');
    await page.fill('[name=acreage]', '60');
    await page.fill('[name=unit]', '四合院西厢房');
    await page.fill('[name=beds]', '双人床 1 张');
    await accessible(page);
    await next();
    await page.waitForURL(/step=3/);
    for (const facility of [1, 2, 3, 4, 12, 14]) await page.check(`input[type=checkbox][value="${facility}"]`, { force: true });
    await accessible(page);
    await picture(page, 'publish-3', size);
    await next();
    await page.waitForURL(/step=4/);
    await page.fill('[name=price]', String(price));
    await page.fill('[name=deposit]', '200');
    await accessible(page);
    await next();
    await page.waitForURL(/step=5/);
    await page.fill('[name=title]', `鼓楼旁的西厢房，推门就是胡同 ${price}`);
    await accessible(page);
    await picture(page, 'publish-5', size);
    await next();
    await page.waitForURL(/\/host\/houses\/\d+\/photos/);
    house = /houses\/(\d+)/.exec(page.url())?.[1] ?? '';
  });

  test('adds photos; what is no picture is refused in words', async () => {
    const { page } = host;
    const buffer = await photo(host);
    await page.setInputFiles('input[multiple]', [
      { name: 'window.jpg', mimeType: 'image/jpeg', buffer },
      { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') },
    ]);
    await expect.poll(() => page.locator('li.done').count(), { timeout: 20_000 }).toBe(1);
    expect(await page.textContent('li.bad')).toContain('这不是能用的照片');
    await accessible(page);
    await picture(page, 'photos', size);
    await page.click('a.button:has-text("完成")');
    await page.waitForURL(`**/houses/${house}`);
    await page.goto('/host');
    await page.waitForSelector('.mine h2 a');
    await accessible(page);
    await picture(page, 'host', size);
  });

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
    await page.click('.filter');
    await expect.poll(() => page.textContent('dialog footer')).toMatch(/查看 \d+ 套/);
    await accessible(page);
    await picture(page, 'filters', size);
    await page.keyboard.press('Escape');
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

  test('the host accepts, and the guest gets to the cashier', async () => {
    await host.page.goto('/host/orders');
    await host.page.waitForSelector('article.order');
    await accessible(host.page);
    await picture(host.page, 'host-orders', size);
    await host.page.click('.actions .primary');
    await expect.poll(() => host.page.textContent('article.order')).toContain('已接单');
    const { page } = guest;
    await page.goto('/orders');
    await page.click('.actions .primary');
    await page.waitForURL(/\/orders\/\d+\/pay/);
    await expect.poll(() => page.textContent('main')).toContain(`支付 ¥${(price * 3 + 200).toLocaleString('en-US')}`);
    await accessible(page);
    await picture(page, 'pay', size);
  });

  test('the guest sees what cancelling gives back, and cancels', async () => {
    const { page } = guest;
    await page.goto('/orders');
    await page.click('.actions button:has-text("取消预订")');
    await expect.poll(() => page.textContent('dialog')).toContain('取消不收任何费用');
    await accessible(page);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('article.order')).toContain('已取消');
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
    await page.click('.filter');
    await expect.poll(() => page.textContent('dialog')).toContain('网络断开了');
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

  test('nothing failed unseen', () => {
    expect(host.trouble).toEqual([]);
    expect(guest.trouble).toEqual([]);
  });
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
