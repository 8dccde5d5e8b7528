/** The home page, cards, the page's foot, consent, and the room that wide desks have. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newMobile, open, PASSWORD, type Size, visit } from './browser';
import { logIn, Person } from './people';
import { type Language, wordsOf } from './words';

let browser: Browser;
let host: Person;
let guest: Person;
let house: number;
let saved: number;
const TITLE = '三张照片的北屋，窗外是石榴树';
const SAVED = '早就收藏了的南屋';
/** Nobody else's: of the newest places, others may be newer, as files move the clock. */
const PRICE = 36_617;
const LIST = `/houses?pmin=${PRICE}&pmax=${PRICE}`;
beforeAll(async () => {
  browser = await open();
  [host, guest] = [await Person.register(), await Person.register()];
  house = await host.publish(TITLE, PRICE, 3);
  saved = await host.publish(SAVED, PRICE);
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);

  test('the home page goes on below the search: districts with pictures, the newest places', async () => {
    const { page, context, trouble } = await visit(browser, size, false, language);
    await page.goto('/');
    await page.waitForSelector('.more .districts a');
    expect(await page.textContent('.more')).toContain(say('home.districts'));
    await expect.poll(() => page.locator('.more .districts a img').count()).toBeGreaterThan(0);
    const fresh = page.locator('.more section', { hasText: say('home.fresh') }).locator('article.house');
    await expect.poll(() => fresh.count()).toBeGreaterThan(0);
    const [newest] = (await guest.call<{ houses: { title: string }[] }>('GET', '/houses?sk=new')).houses;
    await expect.poll(() => page.textContent('.more')).toContain(newest!.title);
    await page.locator('.more .districts a').first().click();
    await page.waitForURL(/\/houses\?.*aid=\d+/);
    expect(trouble).toEqual([]);
    await context.close();
  });

  test('the foot of every page leads to the site’s own texts', async () => {
    const { page, context } = await visit(browser, size, false, language);
    await page.goto('/houses');
    for (const text of ['help', 'terms', 'privacy', 'imprint'] as const) {
      await page.waitForSelector('#main');
      const answer = await Promise.all([
        page.waitForResponse((each) => each.url().endsWith(`/${text}`)),
        page.click(`footer a:has-text("${say(`foot.${text}`)}")`),
      ]);
      expect(answer[0].status()).toBe(200);
      await expect.poll(() => page.locator('#main h1').count()).toBe(1);
    }
    await context.close();
  });

  test('a card’s heart saves the place without leaving the list', async () => {
    const { page, context } = await visit(browser, size, false, language);
    const guest = await Person.register();
    await guest.call('PUT', `/user/favourites/${saved}`);
    await logIn(context, guest);
    // What the account has is read before the tap and comes after it: the tap stands all the same.
    let come = () => {};
    const held = new Promise<void>((resolve) => (come = resolve));
    let read = () => {};
    const hasRead = new Promise<void>((resolve) => (read = resolve));
    await page.route('**/user/favourites', async (route) => {
      const answer = await route.fetch();
      read();
      await held;
      await route.fulfill({ response: answer });
    });
    await page.goto(LIST);
    await hasRead;
    const heart = page.locator('article.house', { hasText: TITLE }).locator('button[aria-pressed]');
    const isSaved = async () =>
      (await guest.call<{ houses: { house_id: number }[] }>('GET', '/user/favourites')).houses.some(
        (each) => each.house_id === house,
      );
    const told = page.waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().endsWith(`/user/favourites/${house}`),
    );
    await heart.click();
    await expect.poll(() => heart.getAttribute('aria-pressed')).toBe('true');
    come();
    // The list is there once the page shows what else it says.
    await expect
      .poll(() =>
        page.locator('article.house', { hasText: SAVED }).locator('button[aria-pressed]').getAttribute('aria-pressed'),
      )
      .toBe('true');
    await told;
    expect(await heart.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(isSaved).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/houses');
    await heart.click();
    await expect.poll(isSaved).toBe(false);
    await context.close();
  });

  test('a card’s other pictures come when one swipes, and not before', async () => {
    const { page, context } = await visit(browser, size, false, language);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/api\/v1\.0\/houses\/\d+$/.test(request.url())) asked.push(request.url());
    });
    await page.goto(LIST);
    const card = page.locator('article.house', { hasText: TITLE });
    await card.waitFor();
    await card.scrollIntoViewIfNeeded();
    const box = await card.locator('.pictures').boundingBox();
    if (!box) throw new Error('no picture');
    expect(asked).toEqual([]);
    const place = () => card.locator('.place').textContent();
    if (size === 'desk') {
      await card.locator('.pictures').hover();
      await card.locator('.arrow.after').click();
      await expect.poll(place).toBe('2 / 3');
      await card.locator('.arrow.after').click();
      await expect.poll(place).toBe('3 / 3');
      expect(await card.locator('.arrow.after').count()).toBe(0);
      await card.locator('.arrow.before').click();
      await expect.poll(place).toBe('2 / 3');
    } else {
      const screen = await context.newCDPSession(page);
      const y = box.y + box.height / 2;
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
        screen.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: x === undefined ? [] : [{ x: box.x + box.width * x, y }],
        });
      const swipe = async () => {
        await touch('touchStart', 0.9);
        for (let x = 0.85; x > 0.1; x -= 0.05) await touch('touchMove', x);
        await touch('touchEnd');
      };
      await swipe();
      await expect.poll(place).toBe('2 / 3');
      await swipe();
      await expect.poll(place).toBe('3 / 3');
    }
    expect(asked.length).toBe(1);
    expect(new URL(page.url()).pathname).toBe('/houses');
    await card.locator('.pictures a').last().click();
    await page.waitForURL(`**/houses/${house}*`);
    await context.close();
  });

  test('nobody registers without having agreed', async () => {
    const { page, context } = await visit(browser, size, false, language);
    let sent = 0;
    await page.route('**/api/v1.0/users', (route) => {
      sent++;
      return route.abort();
    });
    await page.goto('/register');
    await page.waitForSelector('#main [name=consent]');
    expect(await page.isChecked('[name=consent]')).toBe(false);
    for (const text of ['terms', 'privacy']) expect(await page.locator(`form a[href="/${text}"]`).count()).toBe(1);
    await page.fill('[name=mobile]', newMobile());
    await page.fill('[name=captcha]', 'abcd');
    await page.fill('[name=code]', '123456');
    await page.fill('[name=password]', PASSWORD);
    await page.click('form button[type=submit]');
    await expect.poll(() => page.textContent('form')).toContain(say('register.consentNeeded'));
    expect(sent).toBe(0);
    await page.check('[name=consent]');
    await page.click('form button[type=submit]');
    await expect.poll(() => sent).toBe(1);
    await context.close();
  });
});

test('an English apostrophe is as narrow as a letter, also where Chinese fonts are there', async () => {
  const { page, context } = await visit(browser, 'desk', false, 'en');
  await page.goto('/');
  await page.waitForSelector('#main h1');
  const wide = await page.evaluate(() => {
    const probe = document.createElement('span');
    probe.style.fontSize = '100px';
    probe.textContent = '’';
    document.querySelector('#main')!.append(probe);
    return probe.getBoundingClientRect().width;
  });
  expect(wide).toBeLessThan(45);
  await context.close();
});

test.skipIf(!inject('listings'))('a desk of 1,920 px shows more, not wider margins', async () => {
  const { page, context } = await visit(browser, 'desk');
  await page.setViewportSize({ width: 1920, height: 1080 });
  for (const [path, list, least] of [
    ['/houses', '.houses', 4],
    ['/', '.cards', 5],
  ] as const) {
    await page.goto(path);
    await page.waitForSelector(`#main ${list} article.house`);
    const { width, columns } = await page.evaluate((selector) => {
      const list = document.querySelector(`#main ${selector}`)!;
      return {
        width: document.querySelector('#main .page')!.getBoundingClientRect().width,
        columns: getComputedStyle(list).gridTemplateColumns.split(' ').length,
      };
    }, list);
    expect(width, path).toBeGreaterThan(1500);
    expect(columns, path).toBeGreaterThanOrEqual(least);
  }
  await context.close();
});
