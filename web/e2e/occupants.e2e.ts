/** Who sleeps in the house: asked of the guest, refused where it is wrong, shown masked, and unseen by the host. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { showMoment } from '../src/lib/dates';
import { accessible, newIdCard, open, picture, type Size, type Visitor, visit } from './browser';
import { day } from './clock';
import { logIn, payOn, Person } from './people';
import { type Language, stayWordsOf, wordsOf } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];
const DOOR = '3 单元 201，门锁 4711#';
const PASSPORT = 'E12345678';

interface Told {
  occupants: { required: boolean; needed: number; given: number; complete: boolean };
  arrival: { door: string } | null;
}

describe.each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const staySays = stayWordsOf(language);
  const idCard = newIdCard();
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let order = 0;
  const told = () => guest.call<Told>('GET', `/orders/${order}`);
  const field = (place: number, name: string) => `dialog [name="occupants[${place}].${name}"]`;
  const wrong = (place: number, name: string) =>
    page.locator(`dialog .field:has([name="occupants[${place}].${name}"]) .wrong`).allTextContents();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'));

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    const house = await host.publish('要登记入住人的小院', 300, 1, { instant_booking: true, capacity: 3, door: DOOR });
    const body = { house_id: house, start_date: day(3), end_date: day(5), guests: { adults: 2, infants: 1 } };
    order = (await guest.call<{ order_id: number }>('POST', '/orders', body)).order_id;
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    await payOn(page, guest, order);
    await logIn(visitor.context, guest);
  });
  afterAll(() => visitor?.context.close());

  /** The tests' server does not require it; what a server that does answers is the same but for this (OccupantTest). */
  async function require(): Promise<void> {
    await page.route(`**/api/v1.0/orders/${order}`, async (route) => {
      const response = await route.fetch();
      const json = (await response.json()) as { data: Told };
      json.data.occupants.required = true;
      if (!json.data.occupants.complete) json.data.arrival = null;
      await route.fulfill({ response, json });
    });
  }

  test('where nobody requires it, it can be said, and how to get in is shown without', async () => {
    await page.goto(`/orders?order=${order}`);
    await expect.poll(() => page.textContent('.occupants')).toContain(staySays('occupants.optional', { n: 2 }));
    expect(await page.textContent('.arrival')).toContain(DOOR);
    expect(await page.locator('.occupants .primary').count()).toBe(0);
    await accessible(page);
    await picture(page, 'occupants-optional', size);
  });

  test('where it is required, how to get in waits for it, and says so', async () => {
    await require();
    await page.reload();
    await expect.poll(() => page.textContent('.arrival .note')).toContain(say('arrival.occupants'));
    expect(await page.textContent('.arrival')).not.toContain(DOOR);
    const shown = await page.textContent('.occupants');
    for (const part of [
      staySays('occupants.required', { n: 2 }),
      staySays('occupants.until', { time: showMoment(`${day(5)} 11:00:00`, language) }),
    ])
      expect(shown).toContain(part);
    expect(await page.locator('main .primary').count()).toBe(1);
    await accessible(page);
    await page.locator('.occupants').scrollIntoViewIfNeeded();
    await picture(page, 'occupants-required', size);
    await page.click('.arrival .note button');
    await expect.poll(() => page.locator('dialog fieldset').count()).toBe(2);
    expect(await page.textContent('dialog')).toContain(staySays('occupants.kept'));
  });

  test('what is missing is said at each field, and the first of them is where one goes on', async () => {
    await page.fill(field(0, 'name'), '王小明');
    await page.click('dialog footer .primary');
    await expect.poll(() => wrong(1, 'name')).toEqual([staySays('occupants.need.name')]);
    expect(await wrong(0, 'name')).toEqual([]);
    for (const place of [0, 1]) expect(await wrong(place, 'id_number')).toEqual([staySays('occupants.need.id_number')]);
    await expect.poll(focused).toBe('occupants[0].id_number');
    await accessible(page);
    await picture(page, 'occupants-missing', size);
  });

  test('what the server refuses stands at the field of the one it is wrong of, and nothing is stored', async () => {
    await page.fill(field(0, 'id_number'), idCard);
    await page.fill(field(1, 'name'), 'Ann Lee');
    // A passport's number, but not said to be one.
    await page.fill(field(1, 'id_number'), PASSPORT);
    await page.click('dialog footer .primary');
    await expect.poll(() => wrong(1, 'id_number')).toEqual([staySays('occupants.bad.id_number')]);
    expect(await wrong(0, 'id_number')).toEqual([]);
    await expect.poll(focused).toBe('occupants[1].id_number');
    expect((await told()).occupants).toMatchObject({ needed: 2, given: 0, complete: false });
    await picture(page, 'occupants-refused', size);
    // Closed by mistake, it loses nothing.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await page.click('.occupants .primary');
    expect(await page.inputValue(field(1, 'name'))).toBe('Ann Lee');
    // An infant with a document of its own, and without.
    await page.click(`dialog >> text="${staySays('occupants.addInfant')}"`);
    await expect
      .poll(() => page.textContent('dialog fieldset:last-of-type legend'))
      .toBe(staySays('occupants.infant', { n: 3 }));
    await page.click(`dialog >> text="${staySays('occupants.removeInfant')}"`);
    await expect.poll(() => page.locator('dialog fieldset').count()).toBe(2);
  });

  test('those who are named are shown masked, and how to get in is there', async () => {
    await page.selectOption(field(1, 'id_type'), 'passport');
    await page.fill(field(1, 'mobile'), '139 0000 1234');
    await accessible(page);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await expect.poll(() => page.textContent('.occupants')).toContain(staySays('occupants.complete', { n: 2 }));
    expect((await told()).occupants).toMatchObject({ given: 2, complete: true });
    await expect.poll(() => page.textContent('.arrival')).toContain(DOOR);
    const shown = await page.textContent('.occupants');
    for (const part of ['王**', 'E*******8', staySays('occupants.type.passport')]) expect(shown).toContain(part);
    for (const secret of ['王小明', 'Ann Lee', idCard, PASSPORT, '13900001234']) expect(shown).not.toContain(secret);
    expect(await page.locator('.occupants .primary').count()).toBe(0);
    await accessible(page);
    await page.locator('.occupants').scrollIntoViewIfNeeded();
    await picture(page, 'occupants-named', size);
    // Another time they are read only when somebody wants to: it is on record.
    await page.reload();
    await expect.poll(() => page.textContent('.occupants')).toContain(staySays('occupants.complete', { n: 2 }));
    expect(await page.locator('.occupants li').count()).toBe(0);
    await page.click(`.occupants >> text="${staySays('occupants.do.show')}"`);
    await expect.poll(() => page.locator('.occupants li').count()).toBe(2);
    await page.click(`.occupants >> text="${staySays('occupants.do.again')}"`);
    await expect.poll(() => page.textContent('dialog .notice')).toBe(staySays('occupants.again'));
    expect(await page.inputValue(field(0, 'name'))).toBe('');
    await page.keyboard.press('Escape');
  });

  test('the host reads how many are named, and nothing of them', async () => {
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${order}`);
    await page.click(`#order-${order} summary`);
    await expect
      .poll(() => page.textContent(`#order-${order} details`))
      .toContain(staySays('occupants.host', { given: '2', needed: '2' }));
    expect(await page.textContent('main')).not.toMatch(/王\*\*|E\*+8/);
    await accessible(page);
    await picture(page, 'occupants-host', size);
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
