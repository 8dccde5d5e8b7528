import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newMobile, open, PASSWORD, register, type Visitor, visit } from './browser';
import { day } from './clock';
import { Person } from './people';

/** Each would set a global if any part of it became a part of the page. */
const PAYLOADS = [
  '</script><script>globalThis.broken=1</script>',
  '"><img src=x onerror=globalThis.broken=1>',
  '<svg/onload=globalThis.broken=1>{{globalThis.broken=1}}',
  `'onmouseover='globalThis.broken=1`,
];

/** Nobody else's: a list by it has these houses, whatever the other files have published. */
const PRICE = 32_117;

let browser: Browser;
let visitor: Visitor;
let host: Person;

beforeAll(async () => {
  browser = await open();
  visitor = await visit(browser, 'desk');
  host = await Person.register();
});
afterAll(() => browser?.close());

const broken = (page: Page): Promise<unknown> => page.evaluate(() => (globalThis as { broken?: unknown }).broken);

test('what people wrote is shown as text, on the server and in the browser', async () => {
  const { page, context } = visitor;
  const guest = await Person.register();
  await host.call('PUT', '/user/name', { name: '<b onclick=broken=1>房东' });
  const houses: number[] = [];
  for (const payload of PAYLOADS) {
    const house = await host.publish(payload, PRICE);
    await host.call('PUT', `/houses/${house}`, {
      address: payload,
      unit: payload,
      beds: payload,
      description: payload,
      rules: payload,
      door: payload,
      arrival_guide: payload,
    });
    houses.push(house);
  }
  const [first = 0] = houses;
  const order = await guest.book(first, day(3), day(4));
  await host.answer(order, 'reject', PAYLOADS[0]);
  for (const path of ['/', `/houses?pmin=${PRICE}&pmax=${PRICE}`, ...houses.map((house) => `/houses/${house}`)]) {
    await page.goto(path);
    await page.waitForSelector('article.house, .slides, h1');
    await page.waitForLoadState('networkidle');
    expect(await broken(page), path).toBeUndefined();
    expect(await page.locator('img[src="x"]').count(), path).toBe(0);
    if (path.startsWith('/houses?')) expect(await page.locator('article.house').count()).toBe(PAYLOADS.length);
  }
  await page.goto(`/houses/${first}`);
  await expect.poll(() => page.textContent('h1')).toContain('globalThis.broken=1');

  // The host's and the guest's own pages, with the reason why the order was turned down.
  for (const [who, path] of [
    [host, '/host'],
    [host, '/host/orders'],
    [host, `/host/houses/${first}/edit`],
    [guest, '/orders'],
    [guest, `/orders?order=${order}`],
  ] as const) {
    const [name = '', value = ''] = who.cookie.split('=');
    await context.addCookies([{ name, value, url: inject('url') }]);
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await broken(page), path).toBeUndefined();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
  }
  await context.clearCookies();
});

test('after a log-in one stays on this site, wherever the link pointed', async () => {
  const site = new URL(inject('url'));
  const mobile = newMobile();
  const { page, context } = await visit(browser, 'desk');
  await page.goto('/register');
  await register(page, mobile);
  for (const elsewhere of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ]) {
    await context.clearCookies();
    await page.goto(`/login?then=${encodeURIComponent(elsewhere)}`);
    await page.fill('[name=mobile]', mobile);
    await page.fill('[name=password]', PASSWORD);
    await page.click('form button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
    expect(new URL(page.url()).host, elsewhere).toBe(site.host);
  }
  await context.close();
});

test('no page of another site frames this one', async () => {
  const { page } = visitor;
  const answer = await page.goto('/');
  expect(answer?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  await page.setContent(`<iframe src="${inject('url')}/login"></iframe>`);
  await expect.poll(() => page.frames().map((frame) => frame.url())).not.toContain(`${inject('url')}/login`);
});
