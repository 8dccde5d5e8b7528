import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessible, open, PASSWORD, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { Person } from './people';
import { type Language, wordsOf } from './words';

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'phone', language: 'en' },
];

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

describe.each(WAYS)("one's own data at $size size, in $language", ({ size, language }) => {
  const say = wordsOf(language);
  let visitor: Visitor;
  /** The same account on another device. */
  let person: Person;
  let house: number;

  const logIn = async () => {
    const { page } = visitor;
    await page.goto('/login?then=/me');
    await page.fill('[name=mobile]', person.mobile);
    await page.fill('[name=password]', PASSWORD);
    await page.click('form button[type=submit]');
  };

  beforeAll(async () => {
    visitor = await visit(browser, size, false, language);
    person = await Person.register();
    house = await person.publish('小石桥胡同的西厢房', 260);
    await logIn();
    await visitor.page.waitForURL('**/me');
  });
  afterAll(() => visitor?.context.close());

  test('sees its devices and ends another one', async () => {
    const { page } = visitor;
    await page.click(`nav.places a:has-text("${say('me.privacy')}")`);
    await page.waitForURL('**/me/privacy');
    await expect.poll(() => page.locator('.devices li').count()).toBe(2);
    expect(await page.textContent('.devices')).toContain(say('privacy.current'));
    await accessible(page);
    await picture(page, 'privacy', size);
    await page.click('.devices li button');
    await expect.poll(() => page.locator('.devices li').count()).toBe(1);
    const other = await fetch(`${inject('url')}/api/v1.0/session`, { headers: { Cookie: person.cookie } });
    expect(await other.text()).toContain('"4101"');
  });

  test('takes its data along', async () => {
    const { page } = visitor;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`button:has-text("${say('privacy.download')}")`),
    ]);
    expect(file.suggestedFilename()).toMatch(/^ihome-\d{4}-\d\d-\d\d\.json$/);
    const copy = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
      user: { mobile: string };
      houses: { title: string }[];
    };
    expect(copy.user.mobile).toBe(person.mobile);
    expect(copy.houses.map((each) => each.title)).toEqual(['小石桥胡同的西厢房']);
  });

  test('is erased by its password alone, and not while a guest is awaited', async () => {
    const { page } = visitor;
    const guest = await Person.register();
    const order = await guest.book(house, day(5), day(6));
    await page.click(`button:has-text("${say('privacy.erase')}")`);
    await expect.poll(() => page.textContent('dialog')).toContain(say('privacy.eraseSure'));
    await page.click(`button:has-text("${say('privacy.eraseDo')}")`);
    await expect.poll(() => page.textContent('dialog')).toContain(say('form.passwordNone'));
    await page.fill('dialog [name=password]', 'wrong-lantern-17');
    await page.click(`button:has-text("${say('privacy.eraseDo')}")`);
    await expect.poll(() => page.textContent('dialog')).toContain(say('password.wrong'));
    await accessible(page);
    await picture(page, 'privacy-erase', size);
    await page.fill('dialog [name=password]', PASSWORD);
    await page.click(`button:has-text("${say('privacy.eraseDo')}")`);
    await expect.poll(() => page.textContent('dialog [role=alert]')).toContain(say('refused.openOrders'));
    expect(new URL(page.url()).pathname).toBe('/me/privacy');
    await guest.answer(order, 'cancel');
    // A draft that was begun on this device, which the next one to use it is not to see.
    await page.evaluate(() => localStorage.setItem('ihome.draft', '{}'));
    await page.click(`button:has-text("${say('privacy.eraseDo')}")`);
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto('/me');
    await expect.poll(() => page.textContent('main')).toContain(say('me.guest'));
    expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name !== 'ihome.locale'))).toEqual([]);
  });

  test('and is nobody any more', async () => {
    const { page } = visitor;
    await logIn();
    await expect.poll(() => page.textContent('form [role=alert]')).toBeTruthy();
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.goto(`/houses/${house}`);
    await page.waitForSelector('h1');
    expect(await page.textContent('main')).not.toContain('小石桥胡同的西厢房');
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
