import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessible, newIdCard, newMobile, open, picture, register, type Size, SIZES, type Visitor, visit } from './browser';
import { day, Person, photo } from './people';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

describe.each(Object.keys(SIZES) as Size[])('a host at %s size', (size) => {
  let host: Visitor;
  let guest: Person;
  let house = '';
  const price = 300 + Math.floor(Math.random() * 500);

  beforeAll(async () => {
    host = await visit(browser, size);
    guest = await Person.register();
  });
  afterAll(() => host?.context.close());

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
    const buffer = photo();
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

  test('accepts what a guest booked', async () => {
    const { page } = host;
    await guest.book(Number(house), day(20), day(23));
    await page.goto('/host/orders');
    await page.waitForSelector('article.order');
    await accessible(page);
    await picture(page, 'host-orders', size);
    await page.click('.actions .primary');
    await expect.poll(() => page.textContent('article.order')).toContain('已接单');
  });

  test('nothing failed unseen', () => expect(host.trouble).toEqual([]));
});
