/** What those get who run no scripts: search engines, chats that show a preview, old links. */
import { expect, inject, test } from 'vitest';
import { Person } from './people';

/** Nobody else's: a list by it has this house, whatever the other files have published, and at whatever time. */
const PRICE = 38_813;

const get = (path: string) => fetch(inject('url') + path, { redirect: 'manual' });
const html = async (path: string) => (await get(path)).text();
const things = (page: string) =>
  [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    (match) => JSON.parse(match[1] ?? '') as Record<string, unknown>,
  );
const meta = (page: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(page)?.[1];

test('a house tells its name, price and place, also where its title is hostile', async () => {
  const host = await Person.register();
  const title = '</script><b>鼓楼"西厢房"</b> & 院子';
  const house = await host.publish(title, PRICE);
  const page = await html(`/houses/${house}`);
  expect(page).not.toContain('<b>鼓楼');
  expect(page).toContain('<title>&lt;/script&gt;&lt;b&gt;鼓楼');
  expect(meta(page, 'description')).toContain(`¥${PRICE}`);
  expect(meta(page, 'og:image')).toMatch(/^http.*_1280\.jpg$/);
  expect(page).toContain(`<link rel="canonical" href="${inject('url')}/houses/${house}" />`);
  const [rental] = things(page);
  expect(rental).toMatchObject({ '@type': 'VacationRental', name: title, priceRange: `¥${PRICE}` });
  // The picture is on its way with the page, and so are the view's files.
  expect(page).toMatch(/<link rel="preload" as="image" fetchpriority="high"/);
  expect(page).toMatch(/<link rel="modulepreload" crossorigin href="\/assets\/HouseView-/);
  expect(page).toMatch(/<div class="first-frame of-house">.*<img /s);
  const list = await html(`/houses?pmin=${PRICE}&pmax=${PRICE}`);
  expect(list).toContain(`<a href="/houses/${house}">`);
  expect(things(list)[0]).toMatchObject({ '@type': 'ItemList' });
  const parts = [...(await html('/sitemap.xml')).matchAll(/<loc>[^<]*(\/sitemap-\d+\.xml)<\/loc>/g)].map(
    (match) => match[1] ?? '',
  );
  const maps = await Promise.all(parts.map(html));
  expect(maps.join('')).toContain(`<loc>${inject('url')}/houses/${house}</loc>`);
});

test('what is not there is a real 404; private pages are not for search engines', async () => {
  expect((await get('/houses/999999999')).status).toBe(404);
  expect((await get('/nowhere')).status).toBe(404);
  expect(meta(await html('/me'), 'robots')).toBe('noindex');
  expect(meta(await html('/'), 'robots')).toBeUndefined();
  const robots = await html('/robots.txt');
  for (const path of ['/api/', '/me', '/orders', '/host', '/login', '/register', '/password'])
    expect(robots).toContain(`Disallow: ${path}\n`);
  expect(robots).toContain(`Sitemap: ${inject('url')}/sitemap.xml`);
});

test('pages allow no foreign or inline script; the worker is never kept', async () => {
  const answer = await get('/');
  const policy = answer.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  expect((await get('/worker.js')).headers.get('Cache-Control')).toBe('no-cache');
});

test.each([
  ['/index.html', '/'],
  ['/search.html?aid=1&aname=%E4%B8%9C%E5%9F%8E%E5%8C%BA&sd=2027-01-02&ed=', '/houses?aid=1&sd=2027-01-02'],
  ['/detail.html?id=7', '/houses/7'],
  ['/booking.html?hid=7', '/houses/7/book'],
  ['/my.html', '/me'],
  ['/login.html', '/login'],
  ['/register.html', '/register'],
  ['/profile.html', '/me/profile'],
  ['/auth.html', '/me/verify'],
  ['/myhouse.html', '/host'],
  ['/newhouse.html', '/host/new'],
  ['/orders.html', '/orders'],
  ['/lorders.html', '/host/orders'],
])('the old address %s leads to %s', async (old, now) => {
  const answer = await get(old);
  expect(answer.status).toBe(301);
  expect(answer.headers.get('Location')).toBe(now);
  expect((await get(now)).status).not.toBe(301);
});
