import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  accessible,
  captchaText,
  newMobile,
  open,
  PASSWORD,
  picture,
  register,
  type Size,
  SIZES,
  smsCode,
  type Visitor,
  visit,
} from './browser';
import { moveClock } from './clock';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

describe.each(Object.keys(SIZES) as Size[])('an account at %s size', (size) => {
  let visitor: Visitor;
  const mobile = newMobile();
  const captchaId = async () => (await visitor.page.getAttribute('.captcha img', 'src'))?.split('/').at(-1) ?? '';

  beforeAll(async () => {
    visitor = await visit(browser, size);
  });
  afterAll(() => visitor?.context.close());

  test('a wrong captcha is said where it stands, with a new picture, and nothing else is lost', async () => {
    const { page } = visitor;
    await page.goto('/register');
    await page.waitForSelector('.captcha img');
    const first = await captchaId();
    await page.fill('[name=mobile]', mobile);
    await page.fill('[name=password]', PASSWORD);
    await page.fill('[name=captcha]', 'zzzz');
    await page.click('button.tail.number');
    await expect.poll(() => page.textContent('form')).toContain('和图片对不上，已经换了一张');
    expect(await captchaId()).not.toBe(first);
    expect(await page.inputValue('[name=captcha]')).toBe('');
    expect(await page.inputValue('[name=mobile]')).toBe(mobile);
    expect(await page.inputValue('[name=password]')).toBe(PASSWORD);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('captcha');
    await accessible(page);
    await picture(page, 'captcha-refused', size);
  });

  test('registers; the button counts down meanwhile', async () => {
    const { page } = visitor;
    await register(page, mobile, async () => {
      await expect.poll(() => page.textContent('form')).toMatch(/[1-6]?\d 秒后重发/);
      await picture(page, 'register', size);
    });
    await page.waitForURL('**/me');
    await accessible(page);
    await picture(page, 'me', size);
  });

  test('what was written outlives an ended session', async () => {
    const { page, context } = visitor;
    await page.goto('/me/profile');
    await page.waitForSelector('[name=name]');
    await accessible(page);
    await picture(page, 'profile', size);
    await context.clearCookies();
    const name = `阿明${mobile.slice(-4)}`;
    await page.fill('[name=name]', name);
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/login\?then=/);
    expect(await page.textContent('main')).toContain('登录已过期');
    await accessible(page);
    await page.fill('[name=mobile]', mobile);
    await page.fill('[name=password]', PASSWORD);
    await page.click('form button[type=submit]');
    await page.waitForURL('**/me/profile');
    expect(await page.inputValue('[name=name]')).toBe(name);
    await page.click('form button[type=submit]');
    await expect.poll(() => page.textContent('.said')).toContain('已保存');
    await page.reload();
    await expect.poll(() => page.inputValue('[name=name]')).toBe(name);
  });

  test('a forgotten password is replaced by a code, and leads back', async () => {
    const { page, context } = visitor;
    await context.clearCookies();
    await page.goto('/orders');
    await page.waitForURL(/\/login\?then=/);
    await page.fill('[name=mobile]', mobile);
    await page.fill('[name=password]', 'wrong-lantern-17');
    await page.click('form button[type=submit]');
    await expect.poll(() => page.textContent('form')).toContain('用户名或密码错误');
    await picture(page, 'login', size);
    await page.click('a:has-text("忘记密码")');
    await page.waitForURL(/\/password\?then=/);
    expect(await page.inputValue('[name=mobile]')).toBe(mobile);
    await accessible(page);
    await picture(page, 'password', size);
    // One code a minute and mobile: tomorrow there may be another.
    if (!inject('clock')) return;
    await moveClock(1);
    const old = await captchaId();
    await page.click('.captcha .link');
    await expect.poll(captchaId).not.toBe(old);
    const before = smsCode(mobile);
    await expect.poll(async () => captchaText(await captchaId())).not.toBe('');
    await page.fill('[name=captcha]', captchaText(await captchaId()));
    await page.click('button.tail.number');
    await expect.poll(() => smsCode(mobile), { timeout: 10_000 }).not.toBe(before);
    await page.fill('[name=code]', smsCode(mobile));
    await page.fill('[name=password]', `${PASSWORD}新`);
    await page.click('form button[type=submit]');
    await page.waitForURL((url) => url.pathname === '/orders');
    await page.goto('/me/password');
    await page.fill('[name=old_password]', PASSWORD);
    await page.fill('[name=new_password]', `${PASSWORD}更新`);
    await page.click('form button[type=submit]');
    await expect.poll(() => page.textContent('form')).toContain('现在的密码不对');
    await accessible(page);
    await page.fill('[name=old_password]', `${PASSWORD}新`);
    await page.click('form button[type=submit]');
    await page.waitForURL('**/me');
    await moveClock(0);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});

test('the app is installable; without a network it says so, and comes back with it', async () => {
  const { page, context } = await visit(browser, 'phone', false, 'zh', 'allow');
  await page.goto('/');
  await page.waitForSelector('.areas a');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
  });
  const manifest = (await (await fetch(`${inject('url')}/manifest.webmanifest`)).json()) as {
    icons: { src: string }[];
  };
  for (const icon of manifest.icons) expect((await fetch(inject('url') + icon.src)).status).toBe(200);
  // The files of every view are there before the network goes.
  await expect
    .poll(() => page.evaluate(async () => (await caches.match('/offline')) !== undefined), { timeout: 20_000 })
    .toBe(true);
  const api = await page.evaluate(async () => {
    const stored = await Promise.all(
      (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((request) => request.url)),
    );
    return stored.flat().filter((url) => url.includes('/api/'));
  });
  expect(api).toEqual([]);
  await context.setOffline(true);
  for (const address of ['/', '/houses', '/houses/1', '/me', '/me/profile', '/orders', '/host']) {
    await page.goto(address);
    await expect.poll(() => page.textContent('main'), { timeout: 15_000 }).toContain('网络断开了');
    await accessible(page);
  }
  await picture(page, 'offline', 'phone');
  await context.setOffline(false);
  await page.goto('/houses');
  await page.waitForSelector('article.house, .nothing');
  await context.close();
});
