/** One test for each fault that people met in the pages. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { FullOrder, ListedOrder } from '../src/lib/api';
import { open, PASSWORD, visit } from './browser';
import { day, moveClock } from './clock';
import { Person, photo } from './people';
import { wordsOf } from './words';

const say = wordsOf('zh');
let browser: Browser;
let host: Person;
let guest: Person;
let house: number;
let paid: number;
beforeAll(async () => {
  browser = await open();
  [host, guest] = [await Person.register(), await Person.register()];
  house = await host.publish('临街的两间屋，窗外是槐树', 388);
});
afterAll(() => browser?.close());

async function as(person: Person, size: 'phone' | 'desk' = 'desk') {
  const visitor = await visit(browser, size);
  await visitor.context.addCookies([
    { name: 'session', value: person.cookie.replace(/^session=/, ''), url: inject('url') },
  ]);
  return visitor;
}

describe.skipIf(!inject('listings'))('a list', () => {
  test('keeps its place, to the pixel, after hundreds of cards', { timeout: 180_000 }, async () => {
    const { page, context } = await visit(browser, 'phone');
    await page.goto('/houses');
    await page.waitForSelector('article.house');
    const cards = () => page.locator('article.house').count();
    for (let turn = 0; turn < 80 && (await cards()) < 300; turn++) {
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await page.waitForTimeout(120);
    }
    const card = page.locator('article.house .title a').nth((await cards()) - 20);
    await card.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    const before = (await card.boundingBox())?.y ?? -1;
    await card.click();
    await page.waitForURL(/\/houses\/\d+/);
    await page.waitForSelector('main h1');
    await page.goBack();
    await page.waitForSelector('article.house');
    await page.waitForTimeout(600);
    expect(Math.abs(((await card.boundingBox())?.y ?? 9999) - before)).toBeLessThan(40);
    await context.close();
  });

  test('says that a price is none instead of ignoring it', async () => {
    const { page, context } = await visit(browser, 'desk');
    await page.goto('/houses');
    for (const bad of ['100.555', '-5', 'cheap']) {
      await page.fill('[name=side-from]', bad);
      await page.press('[name=side-from]', 'Tab');
      await expect.poll(() => page.textContent('.side')).toContain(say('search.priceBad'));
      expect(await page.inputValue('[name=side-from]')).toBe(bad);
    }
    await page.fill('[name=side-from]', '100');
    await page.press('[name=side-from]', 'Tab');
    await page.waitForURL(/pmin=100/);
    expect(await page.textContent('.side')).not.toContain(say('search.priceBad'));
    await context.close();
  });
});

test('a search on a slow line shows that it is under way', async () => {
  const { page, context } = await visit(browser, 'phone');
  await page.goto('/');
  await page.waitForSelector('.areas a');
  await page.route('**/assets/ListView*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue();
  });
  await page.click('button.go');
  await page.waitForSelector('[role=progressbar]', { timeout: 1500 });
  await page.waitForURL(/\/houses\?/);
  await page.waitForSelector('article.house, .nothing');
  expect(await page.locator('[role=progressbar]').count()).toBe(0);
  await context.close();
});

test('a payment that was cancelled can be made after all', async () => {
  paid = await guest.book(house, day(3), day(5));
  await host.answer(paid, 'accept');
  const { page, context } = await as(guest);
  await page.goto(`/orders/${paid}/pay`);
  await page.click('main .primary');
  // The cashier's first page makes its key.
  await page.waitForURL(/cashier/, { timeout: 40_000 });
  await page.getByRole('button', { name: /取消付款/ }).click();
  await page.waitForURL(/\/payment\/return/);
  await page.click(`main a:has-text("${say('pay.again')}")`);
  await page.waitForURL(/\/orders\/\d+\/pay/);
  await page.click('main button.primary');
  await page.waitForURL(/cashier/);
  await page.getByRole('button', { name: /^付款/ }).click();
  await page.waitForURL(/\/payment\/return/);
  await expect.poll(() => page.textContent('main')).toContain(say('pay.paid'));
  await context.close();
});

test.skipIf(!inject('clock'))('a review outlives a tap beside its sheet, and keeps its lines', async () => {
  // Paid in the test before.
  const { page, context } = await as(guest);
  await moveClock(7, context);
  try {
    await guest.until(paid, 'WAIT_COMMENT');
    await page.goto('/orders');
    await page.click(`.actions .primary:has-text("${say('orders.do.comment')}")`);
    await page.fill('dialog [name=text]', '第一行：安静。\n第二行：干净。');
    await page.mouse.click(5, 5);
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await page.click(`.actions .primary:has-text("${say('orders.do.comment')}")`);
    expect(await page.inputValue('dialog [name=text]')).toBe('第一行：安静。\n第二行：干净。');
    await page.click('dialog .stars label:nth-of-type(5)');
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('main')).toContain(say('orders.guest.COMPLETE'));
    await page.goto(`/houses/${house}`);
    const review = page.locator('.review p', { hasText: '第一行' });
    const line = await review.evaluate((element) => parseFloat(getComputedStyle(element).lineHeight));
    expect((await review.boundingBox())!.height).toBeGreaterThan(1.8 * line);
  } finally {
    await moveClock(0);
    await context.close();
  }
});

test('a double click on a heart ends as it shows', async () => {
  const { page, context } = await as(guest);
  await page.route('**/user/favourites/*', async (route) => {
    // The first request takes longer than the second.
    if (route.request().method() === 'PUT') await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  await page.goto(`/houses/${house}`);
  await page.waitForSelector('.initial, .host img');
  const heart = page.locator('button[aria-pressed]').first();
  await heart.dblclick();
  await page.waitForTimeout(1500);
  const shown = (await heart.getAttribute('aria-pressed')) === 'true';
  const { houses } = await guest.call<{ houses: { house_id: number }[] }>('GET', '/user/favourites');
  expect(houses.some((each) => each.house_id === house)).toBe(shown);
  await context.close();
});

test('the 31st photo is told why it has no place', async () => {
  const { page, context } = await as(host);
  const image = (id: number) => ({ image_id: id, url: `${inject('url')}/favicon.svg` });
  await page.route(`**/api/v1.0/user/houses/${house}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { data: { images: unknown[] } };
    body.data.images = Array.from({ length: 29 }, (_, at) => image(at + 1));
    await route.fulfill({ response: answer, json: body });
  });
  await page.route('**/houses/*/images', (route) =>
    route.fulfill({ json: { errno: '0', errmsg: 'OK', data: image(99) } }),
  );
  await page.goto(`/host/houses/${house}/photos`);
  await page.waitForSelector('li.there');
  const file = { name: 'window.jpg', mimeType: 'image/jpeg', buffer: photo() };
  await page.setInputFiles('input[multiple]', [file, { ...file, name: 'yard.jpg' }]);
  await expect.poll(() => page.textContent('main')).toContain('最多 30 张，有 1 张没有加上');
  await expect.poll(() => page.locator('li.there').count()).toBe(30);
  await context.close();
});

test('an upload that meets an ended session leads to log in, and goes on afterwards', async () => {
  const { page, context } = await as(host);
  // The second picture is made smaller so slowly that somebody has logged in meanwhile: it must not be sent twice.
  await page.addInitScript(() => {
    const real = window.createImageBitmap.bind(window);
    const loggedIn = new Promise((go) => window.addEventListener('go', go));
    window.createImageBitmap = async (...given: unknown[]) => {
      if ((given[0] as File).name === 'yard.jpg') await loggedIn;
      return (real as (...all: unknown[]) => Promise<ImageBitmap>)(...given);
    };
  });
  await page.goto(`/host/houses/${house}/photos`);
  await page.waitForSelector('li.there');
  const before = await page.locator('li.there').count();
  await context.clearCookies();
  page.on('dialog', (dialog) => void dialog.dismiss());
  const file = { name: 'window.jpg', mimeType: 'image/jpeg', buffer: photo() };
  await page.setInputFiles('input[multiple]', [file, { ...file, name: 'yard.jpg' }]);
  await page.waitForURL(/\/login\?then=/);
  await page.fill('[name=mobile]', host.mobile);
  await page.fill('[name=password]', PASSWORD);
  await page.click('form button[type=submit]');
  await page.waitForURL(`**/host/houses/${house}/photos`);
  await page.evaluate(() => window.dispatchEvent(new Event('go')));
  await expect.poll(() => page.locator('li.there').count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2);
  await page.waitForLoadState('networkidle');
  await page.reload();
  await page.waitForSelector('li.there');
  expect(await page.locator('li.there').count()).toBe(before + 2);
  await context.close();
});

test('a registration outlives a reload, but for its password', async () => {
  const { page, context } = await visit(browser, 'phone');
  await page.route('**/smscode/**', (route) => route.fulfill({ json: { errno: '0', errmsg: '发送成功' } }));
  await page.goto('/register');
  await page.fill('[name=mobile]', '13912345670');
  await page.fill('[name=captcha]', 'abcd');
  await page.click('.frame:has([name=code]) button.tail');
  await page.fill('[name=code]', '123456');
  await page.fill('[name=password]', PASSWORD);
  await page.reload();
  await page.waitForSelector('[name=mobile]');
  expect(await page.inputValue('[name=mobile]')).toBe('13912345670');
  expect(await page.inputValue('[name=code]')).toBe('123456');
  expect(await page.inputValue('[name=password]')).toBe('');
  expect(await page.textContent('form')).toMatch(/秒后重发/);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(PASSWORD);
  await context.close();
});

test.each(['zh', 'en'] as const)(
  'a password that everybody has is refused beside its field, in words, in %s',
  async (language) => {
    const { page, context } = await visit(browser, 'phone', false, language);
    await context.addCookies([{ name: 'session', value: guest.cookie.replace(/^session=/, ''), url: inject('url') }]);
    await page.goto('/me/password');
    await page.fill('[name=old_password]', PASSWORD);
    await page.fill('[name=new_password]', '12345678');
    await page.click('form button[type=submit]');
    const said = page.locator(
      '.frame:has([name=new_password]) [role=alert], .field:has([name=new_password]) [role=alert]',
    );
    await expect
      .poll(() => said.textContent())
      .toBe({ zh: '新密码过于常见，请换一个', en: wordsOf('en')('refused.commonPassword') }[language]);
    expect(await page.textContent('form')).not.toMatch(/password[：:]|new_password/);
    await context.close();
  },
);

test('two tabs of one account: the second is told that the nights are its own', async () => {
  const { page, context } = await as(guest);
  const [from, until] = [day(11), day(13)];
  await page.goto(`/houses/${house}/book?sd=${from}&ed=${until}`);
  await page.waitForSelector('.box .primary:not([aria-disabled=true])');
  await guest.book(house, from, until);
  await page.click('.box .primary');
  await expect.poll(() => page.textContent('.box')).toContain(say('book.takenByYou'));
  await context.close();
});

/** The pages as another site would give them: its zone in place of ours. */
async function inZone(page: Page, zone: string): Promise<void> {
  await page.route(
    (url) => !url.pathname.includes('.') && !url.pathname.startsWith('/api'),
    async (route) => {
      const answer = await route.fetch();
      const html = await answer.text();
      expect(html).toContain('"zone":"Asia/Shanghai"');
      await route.fulfill({ response: answer, body: html.replace('"zone":"Asia/Shanghai"', `"zone":"${zone}"`) });
    },
  );
}

describe.each(['Asia/Shanghai', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
  'a site in Los Angeles, a device in %s',
  (device) => {
    test('offers tonight, and counts down to the payment', async () => {
      const context = await browser.newContext({
        baseURL: inject('url'),
        locale: 'zh-CN',
        timezoneId: device,
        viewport: { width: 1360, height: 900 },
      });
      const page = await context.newPage();
      await context.addCookies([{ name: 'session', value: guest.cookie.replace(/^session=/, ''), url: inject('url') }]);
      await inZone(page, 'America/Los_Angeles');
      // Noon or one o'clock there, the next day already where the server is.
      const date = day(10);
      const time = Date.parse(`${date}T20:00:00Z`);
      const due = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'America/Los_Angeles',
        hour: '2-digit',
        minute: '2-digit',
      }).format(time + 2.5 * 3_600_000);
      await page.clock.setFixedTime(time);
      await page.goto(`/houses/${house}`);
      const tonight = page.locator(`[data-day="${date}"]`);
      await tonight.waitFor();
      expect(await tonight.getAttribute('aria-disabled')).not.toBe('true');
      expect(
        await page
          .locator(`[data-day="${day(9)}"]`)
          .getAttribute('aria-disabled')
          .catch(() => 'true'),
      ).toBe('true');
      await page.route('**/api/v1.0/user/orders*', (route) =>
        route.fulfill({
          json: {
            errno: '0',
            errmsg: 'OK',
            data: { orders: [{ ...ORDER, expire_time: `${date} ${due}:00` }], next: null },
          },
        }),
      );
      await page.route('**/api/v1.0/orders/7', (route) =>
        route.fulfill({ json: { errno: '0', errmsg: 'OK', data: { ...FULL, expire_time: `${date} ${due}:00` } } }),
      );
      await page.goto('/orders');
      await expect.poll(() => page.textContent('main')).toContain('请在 2 小时内付款');
      await page.goto('/orders?order=7');
      await expect.poll(() => page.textContent('.next')).toContain('请在 2 小时内付款');
      await context.close();
    });
  },
);

/** Whole, so that the compiler says what is missing when orders gain a field. */
const BOTH = {
  order_id: 7,
  house_id: 1,
  title: '临街的两间屋',
  address: '东城区旧鼓楼大街小石桥胡同24号',
  img_url: '',
  start_date: '2030-06-11',
  end_date: '2030-06-12',
  ctime: '2030-06-10 10:00:00',
  days: 1,
  amount: 38800,
  total: 38800,
  status: 'WAIT_PAYMENT',
  payment: 'ONLINE',
  expire_time: null,
  ended: null,
  refunds: [],
  guests: { adults: 1, children: 0, infants: 0 },
  review_until: null,
  guest_rating: null,
  guest_rating_count: 0,
} satisfies Partial<ListedOrder>;
const ORDER: ListedOrder = { ...BOTH, open_change: null, guest_name: '阿明', comment: '', stars: null, reply: '' };
const FULL: FullOrder = {
  ...BOTH,
  role: 'custom',
  lines: [{ kind: 'NIGHT', date: '2030-06-11', price: 38800 }],
  deposit: 0,
  cancellation_policy: 'flexible',
  refund_terms: [{ days_before: 1, share: 100 }],
  reason: '',
  history: [
    {
      time: '2030-06-10 10:00:00',
      who: 'guest',
      from_status: null,
      to_status: 'WAIT_ACCEPT',
      action: 'place',
      reason: '',
    },
  ],
  arrival: null,
  check_in_from: '15:00',
  check_in_until: null,
  check_out_by: '11:00',
  rules: '',
  deposit_return_time: null,
  claims: [],
  changes: [],
  occupants: { required: false, needed: 1, given: 0, complete: false },
  review: null,
  guest_review: null,
};

describe('an English reader', () => {
  test('gets English on the first visit, keeps a choice, and reads units and districts in English', async () => {
    const context = await browser.newContext({
      baseURL: inject('url'),
      locale: 'en-US',
      viewport: { width: 1360, height: 900 },
    });
    const page = await context.newPage();
    const answer = await page.goto('/');
    expect(await answer?.text()).toContain('<html lang="en">');
    await expect.poll(() => page.textContent('nav.wide')).toContain(wordsOf('en')('nav.houses'));
    expect(await page.title()).toContain('iHome');
    await page.goto('/houses?aid=1');
    await page.waitForSelector('article.house');
    const facts = (await page.locator('article.house .where').allTextContents()).join();
    expect(facts).toMatch(/\d+ (double )?beds?/);
    expect(facts).not.toMatch(/张床|\d室|北京市/);
    await page.click('.language');
    await expect.poll(() => page.textContent('nav.wide')).toContain(say('nav.houses'));
    const again = await page.goto('/');
    expect(await again?.text()).toContain('<html lang="zh-CN">');
    await expect.poll(() => page.textContent('nav.wide')).toContain(say('nav.houses'));
    await context.close();
  });

  test('is offered to book, not to ask, where booking is instant', async () => {
    const quick = await Person.register();
    const instant = await quick.publish('Two rooms by the locust trees', 288);
    await quick.call('PUT', `/houses/${instant}`, { instant_booking: true });
    const { page, context } = await visit(browser, 'desk', false, 'en');
    await context.addCookies([{ name: 'session', value: guest.cookie.replace(/^session=/, ''), url: inject('url') }]);
    const dates = `sd=${day(4)}&ed=${day(6)}`;
    await page.goto(`/houses/${instant}?${dates}`);
    await expect.poll(() => page.textContent('#main .box')).toContain('¥776');
    expect(await page.innerText('#main')).not.toMatch(/request/i);
    await page.goto(`/houses/${instant}/book?${dates}`);
    await expect.poll(() => page.textContent('.box .primary')).toBe('Book and pay· ¥776');
    expect(await page.innerText('#main')).not.toMatch(/request/i);
    // A house whose host is paid on arrival has no request either, and nothing to pay now.
    await page.route('**/quote?*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { payment: string } };
      body.data.payment = 'ON_ARRIVAL';
      await route.fulfill({ response: answer, json: body });
    });
    await page.reload();
    await expect.poll(() => page.textContent('.box .primary')).toBe('Book now· ¥776');
    expect(await page.innerText('#main')).not.toMatch(/request/i);
    await page.goto('/me');
    await expect.poll(() => page.textContent('.hello')).toMatch(/since \d{1,2} [A-Z][a-z]{2} \d{4}/);
    await context.close();
  });
});
