/**
 * Another site: its own name, currency, zone and cities, seen from a browser in a third zone, where it is another day. Its
 * second city is searched, a house there is looked at and booked from the site's today on.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { showDate } from '../src/lib/dates';
import { accessible, newMobile, open, picture, register, type Size, visit, type Visitor } from './browser';
import { logIn, Person } from './people';
import { command, startServer } from './server';
import { useServer, where } from './where';
import { hostWordsOf, type Language, wordsOf } from './words';

const SITE = `
name: 灯塔之家
name_en: Beacon Stays
slogan: 湖边的灯，为你留着。
slogan_en: A light by the lake.
languages: [zh, en]
currency: US$
zone: America/Chicago
cities:
  - id: 11
    name: 芝加哥
    name_en: Chicago
    latitude: 41.8781
    longitude: -87.6298
    areas:
      - {id: 1101, name: 卢普区, name_en: The Loop}
      - {id: 1102, name: 林肯公园, name_en: Lincoln Park}
  - id: 12
    name: 密尔沃基
    name_en: Milwaukee
    latitude: 43.0389
    longitude: -87.9065
    areas:
      - {id: 1201, name: 第三区, name_en: Third Ward, papers: [短租登记]}
      - {id: 1202, name: 东区, name_en: East Side, houses: closed}
`;
/** Nine in the evening at the site, the next afternoon in the browser (start.ts). */
const [TODAY, YESTERDAY, DEPARTURE] = ['2030-05-14', '2030-05-13', '2030-05-16'] as const;
const ELSEWHERE = 'Pacific/Auckland';
const FOREIGN = /爱家|iHome|北京|Beijing|胡同|hutong|[¥￥]|(?<!单)元/;
const NAMES = {
  zh: { site: '灯塔之家', city: '密尔沃基', area: '第三区', closed: '东区' },
  en: { site: 'Beacon Stays', city: 'Milwaukee', area: 'Third Ward', closed: 'East Side' },
};

let data: string;
let stop: () => Promise<void>;
let browser: Browser;
let host: Person;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'ihome-e2e-site-'));
  writeFileSync(join(data, 'site.yaml'), SITE);
  const clock = join(data, 'clock');
  await command(clock, 'site', 'apply', join(data, 'site.yaml'));
  const server = await startServer(data, inject('offset'));
  stop = server.stop;
  useServer(server);
  browser = await open();
  host = await Person.register();
  await host.publish('千禧公园旁的公寓', 400, 1, { area_id: 1101, address: '密歇根大道 1 号', facility: [1] });
});
afterAll(async () => {
  await browser?.close();
  await stop?.();
  if (data) rmSync(data, { recursive: true, force: true });
});

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostSays = hostWordsOf(language);
  const name = NAMES[language];
  let guest: Visitor;
  let house: number;
  const asked: string[] = [];
  beforeAll(async () => {
    // Each way has a house of its own to book.
    house = await host.publish(`第三区红砖老楼 ${size}`, 300, 1, {
      area_id: 1201,
      address: '水街 24 号',
      latitude: 43.0329,
      longitude: -87.9056,
      instant_booking: true,
    });
    guest = await visit(browser, size, false, language, 'block', ELSEWHERE);
    guest.page.on('request', (request) => {
      const address = request.url().replace(/^.*\/api\/v1\.0/, '');
      if (request.url().includes('/api/v1.0/')) asked.push(address);
    });
  });
  afterAll(() => guest?.context.close());

  /** The page is this site's, whatever it shows. */
  async function own(page: Page): Promise<void> {
    expect(await page.title()).toContain(name.site);
    expect(await page.textContent('header .brand')).toContain(name.site);
    expect(await page.locator('body').innerText()).not.toMatch(FOREIGN);
    await accessible(page);
  }
  const select = (label: string) =>
    guest.page.locator('.fields label.field', { hasText: label }).locator('select').first();

  test('the search asks for the city first, and the address keeps it', async () => {
    const { page } = guest;
    await page.goto('/');
    await page.waitForSelector('.fields');
    expect(await select(say('search.city')).locator('option').allTextContents()).toEqual([
      say('search.everywhere'),
      language === 'zh' ? '芝加哥' : 'Chicago',
      name.city,
    ]);
    expect(await select(say('search.area')).count()).toBe(0);
    expect(await page.textContent('.page .block')).toContain(say('home.cities'));
    await own(page);
    await picture(page, 'site-home', size);
    await select(say('search.city')).selectOption({ label: name.city });
    await page.waitForURL(/\/\?city=12$/);
    await expect
      .poll(() => select(say('search.area')).locator('option').allTextContents())
      .toEqual([say('search.anywhere', { place: name.city }), name.area, name.closed]);
    await picture(page, 'site-home-city', size);

    asked.length = 0;
    await page.goto('/?city=12');
    await expect.poll(() => page.textContent('.areas')).toContain(name.area);
    await page.waitForSelector('.more .districts a');
    expect(asked.filter((address) => address.startsWith('/areas') || address.startsWith('/cities'))).toEqual([]);
    await own(page);
    await select(say('search.area')).selectOption({ label: name.area });
    await page.click('form.search button[type=submit]');
    await page.waitForURL(/\/houses\?aid=1201&city=12/);
    await expect.poll(() => page.textContent('#main h1')).toBe(say('list.titleIn', { area: name.area }));
  });

  test('the list is of that city, its areas and houses came with the page', async () => {
    const { page } = guest;
    asked.length = 0;
    await page.goto(`/houses?aid=1201&city=12&sd=${TODAY}&ed=${DEPARTURE}`);
    await page.waitForSelector('article.house');
    const cards = await page.locator('article.house').allTextContents();
    expect(cards.some((card) => card.includes(size))).toBe(true);
    for (const card of cards) expect(card).toMatch(/US\$300.*US\$600/s);
    if (size === 'desk') expect(await select(say('search.area')).inputValue()).toBe('1201');
    else expect(await page.textContent('.bar .line')).toContain(`${name.city} · ${name.area}`);
    await expect.poll(() => page.textContent('#main .head')).toContain(say('list.count', { n: cards.length }));
    expect(asked.filter((address) => /^\/(areas|houses|cities)/.test(address))).toEqual([]);
    await own(page);
    await picture(page, 'site-list', size);

    // An address that names the area only, and the whole city.
    asked.length = 0;
    await page.goto('/houses?aid=1201');
    await page.waitForSelector('article.house');
    if (size === 'desk') await expect.poll(() => select(say('search.city')).inputValue()).toBe('12');
    await page.goto('/houses?city=11');
    await expect
      .poll(() => page.textContent('#main h1'))
      .toBe(say('list.titleIn', { area: language === 'zh' ? '芝加哥' : 'Chicago' }));
    await expect.poll(() => page.locator('article.house').count()).toBe(1);
    expect(asked.filter((address) => /^\/(areas|houses|cities)/.test(address))).toEqual([]);
  });

  test('the house names city and area; its days are the site’s', async () => {
    const { page } = guest;
    await page.goto(`/houses/${house}?sd=${TODAY}&ed=${DEPARTURE}`);
    await page.waitForSelector('#main h1');
    expect(await page.locator('#main .city a').allTextContents()).toEqual([name.city, name.area]);
    const sum = size === 'desk' ? '.box' : '.foot-bar';
    await expect.poll(() => page.textContent(sum)).toMatch(/US\$600.*US\$200/s);
    await page.click(size === 'desk' ? '.box .dates' : '.foot-bar .sum');
    const cell = (day: string) => page.locator(`dialog [data-day="${day}"]`);
    await cell(TODAY).waitFor();
    expect(await cell(TODAY).getAttribute('aria-disabled')).not.toBe('true');
    expect(await cell(YESTERDAY).getAttribute('aria-disabled')).toBe('true');
    await picture(page, 'site-calendar', size);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await page.locator('figure svg').first().scrollIntoViewIfNeeded();
    await expect.poll(() => page.textContent('figure figcaption')).toContain(name.city);
    await own(page);
    await picture(page, 'site-house', size);
    await page.locator('#main .city a').first().click();
    await page.waitForURL(/\/houses\?city=12$/);
    await page.goBack();
  });

  test('books tonight by the site’s clock, which the order shows in its dates and money', async () => {
    const { page } = guest;
    await page.goto(`/houses/${house}/book?sd=${TODAY}&ed=${DEPARTURE}`);
    await page.waitForURL(/\/login\?then=/);
    await page.click('.card a.link');
    await register(page, newMobile());
    await page.waitForURL(/\/book\?/);
    await expect.poll(() => page.textContent('.box')).toContain('US$800');
    expect(await page.textContent('#main')).toContain(showDate(TODAY, language));
    await own(page);
    await picture(page, 'site-book', size);
    await page.click('.box .primary');
    await page.waitForURL(/\/orders\/\d+\/pay/);
    await expect.poll(() => page.textContent('main')).toContain(say('pay.do', { price: 'US$800' }));
    await own(page);
    await picture(page, 'site-pay', size);
    await page.goto('/orders');
    await expect.poll(() => page.textContent('main')).toContain(showDate(DEPARTURE, language));
    const shown = await page.textContent('main');
    for (const part of [showDate(TODAY, language), 'US$800', 'US$200']) expect(shown).toContain(part);
    await own(page);
    await picture(page, 'site-orders', size);
    expect(guest.trouble).toEqual([]);
  });

  test('a host says the city, then the area; a closed one cannot be chosen, and papers are told', async () => {
    const { page, context, trouble } = await visit(browser, size, false, language, 'block', ELSEWHERE);
    await logIn(context, host);
    await page.goto('/host/new');
    const form = page.locator('form');
    await form.locator('[name=city_id]').first().waitFor({ state: 'attached' });
    expect(await form.locator('[name=area_id]').count()).toBe(0);
    await form.locator('button[type=submit]').click();
    await expect.poll(() => form.textContent()).toContain(hostSays('publish.bad.city'));
    await form.locator('label.chip', { hasText: name.city }).click();
    await expect.poll(() => form.locator('[name=area_id]').count()).toBe(2);
    expect(await form.locator('[name=area_id][value="1202"]').isDisabled()).toBe(true);
    await form.locator('label.chip', { hasText: name.area }).click();
    await expect.poll(() => form.textContent()).toContain(hostSays('publish.papers', { papers: '短租登记' }));
    await own(page);
    await picture(page, 'site-publish', size);
    // A house that is there shows its city.
    await page.goto(`/host/houses/${house}/edit`);
    await expect.poll(() => page.locator('[name=city_id][value="12"]').isChecked()).toBe(true);
    await expect.poll(() => page.locator('[name=area_id][value="1201"]').isChecked()).toBe(true);
    await page.goto(`/host/houses/${house}/calendar`);
    await page.waitForSelector(`[data-day="${TODAY}"], [data-night="${TODAY}"]`);
    expect(await page.locator('body').innerText()).not.toMatch(FOREIGN);
    await picture(page, 'site-host-calendar', size);
    expect(trouble).toEqual([]);
    await context.close();
  });
});

test('a site of one language offers no other', async () => {
  writeFileSync(join(data, 'site.yaml'), SITE.replace('[zh, en]', '[en]'));
  await command(join(data, 'clock'), 'site', 'apply', join(data, 'site.yaml'));
  await vi.waitUntil(async () => (await (await fetch(where().url)).text()).includes('"languages":["en"]'), {
    timeout: 20_000,
  });
  const { page, context } = await visit(browser, 'phone', false, 'zh', 'block', ELSEWHERE);
  await context.addInitScript(() => localStorage.setItem('ihome.locale', '"zh"'));
  await page.goto('/');
  await expect.poll(() => page.textContent('#main h1')).toBe(wordsOf('en')('home.heading'));
  expect(await page.locator('header .language').count()).toBe(0);
  const manifest = (await (await fetch(`${where().url}/manifest.webmanifest`)).json()) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    name: 'Beacon Stays',
    short_name: 'Beacon Stays',
    description: 'A light by the lake.',
    lang: 'en',
  });
  await context.close();
});
