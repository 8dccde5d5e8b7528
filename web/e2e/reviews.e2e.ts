/** What both sides of a stay say of each other, and who reads it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessible, open, picture, type Size, type Visitor, visit } from './browser';
import { day, moveClock } from './clock';
import { logIn, payOn, Person } from './people';
import { hostWordsOf, type Language, stayWordsOf, wordsOf } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await open();
});
afterAll(() => browser?.close());

const WAYS: { size: Size; language: Language }[] = [
  { size: 'phone', language: 'zh' },
  { size: 'desk', language: 'en' },
];
const COMMENT = '院子很安静，早上能听到鸽哨。';
const OF_GUEST = '很爱惜房间的客人，欢迎再来。';

interface Told {
  review: { comment: string; stars: number; scores: Record<string, number | null> } | null;
  guest_review: { stars: number; text: string; reported: boolean } | null;
}

describe.skipIf(!inject('clock')).each(WAYS)('at $size size, in $language', ({ size, language }) => {
  const say = wordsOf(language);
  const hostSays = hostWordsOf(language);
  const staySays = stayWordsOf(language);
  let host: Person;
  let guest: Person;
  let visitor: Visitor;
  let page: Page;
  let [house, order] = [0, 0];
  const card = (of: number) => `#order-${of}`;
  const told = () => guest.call<Told>('GET', `/orders/${order}`);

  beforeAll(async () => {
    host = await Person.register();
    guest = await Person.register();
    visitor = await visit(browser, size, false, language);
    page = visitor.page;
    house = await host.publish('听得见鸽哨的小院', 300, 1, { instant_booking: true, check_out_by: '09:00' });
    order = await guest.book(house, day(1), day(2));
    await payOn(page, guest, order);
    await moveClock(2, visitor.context);
  });
  afterAll(async () => {
    await visitor?.context.close();
    await moveClock(0);
  });

  test('a guest gives stars, and scores only where they want to', async () => {
    await guest.until(order, 'WAIT_COMMENT');
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${order}`);
    await page.click('.next .primary');
    await page.click('dialog summary');
    await page.check('dialog [name=stars][value="5"]', { force: true });
    await page.check('dialog [name=score_clean][value="4"]', { force: true });
    await page.check('dialog [name=score_place][value="5"]', { force: true });
    await page.fill('dialog [name=text]', COMMENT);
    await accessible(page);
    await picture(page, 'review-write', size);
    // Closed by mistake, it loses nothing.
    await page.keyboard.press('Escape');
    await page.click('.next .primary');
    await page.click('dialog summary');
    expect(await page.isChecked('dialog [name=score_clean][value="4"]')).toBe(true);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('.reviews')).toContain(COMMENT);
    expect((await told()).review).toMatchObject({ stars: 5, scores: { clean: 4, place: 5, host: null } });
    expect(await page.textContent('.reviews')).toContain(`${say('score.clean')} 4 · ${say('score.place')} 5`);
    await accessible(page);
    await picture(page, 'review-own', size);
  });

  test('the host says once what the guest was like', async () => {
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${order}`);
    await page.click(`${card(order)} .event >> text="${hostSays('hostReview.do')}"`);
    await page.fill('dialog [name=text]', OF_GUEST);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .wrong')).toBe(hostSays('hostReview.starsNeeded'));
    await page.check('dialog [name=stars][value="4"]', { force: true });
    await accessible(page);
    await picture(page, 'review-guest', size);
    await page.click('dialog footer .primary');
    await expect
      .poll(() => page.locator(`${card(order)} .event >> text="${hostSays('hostReview.do')}"`).count())
      .toBe(0);
    expect((await told()).guest_review).toMatchObject({ stars: 4, text: OF_GUEST });
    await page.click(`${card(order)} summary`);
    await expect.poll(() => page.textContent(`${card(order)} details`)).toContain(OF_GUEST);
    await accessible(page);
    await picture(page, 'review-guest-done', size);
  });

  test('the guest reads it, and the next host sees the average with the request', async () => {
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${order}`);
    await expect.poll(() => page.textContent('.reviews')).toContain(staySays('review.ofYou'));
    expect(await page.textContent('.reviews')).toContain(OF_GUEST);
    await picture(page, 'review-of-you', size);
    const other = await Person.register();
    const asked = await guest.book(await other.publish('还没有人住过的阁楼', 300), day(20), day(22));
    const stranger = await Person.register();
    const first = await stranger.book(await other.publish('另一间阁楼', 300), day(20), day(22));
    await logIn(visitor.context, other);
    await page.goto('/host/orders');
    await expect
      .poll(() => page.textContent(card(asked)))
      .toContain(hostSays('hostReview.rating', { rating: '4', n: 1 }));
    expect(await page.textContent(card(first))).toContain(hostSays('hostReview.noRating'));
    await accessible(page);
    await picture(page, 'review-request', size);
  });

  test('each side reports what the other said, once, with a reason; it says so afterwards', async () => {
    await logIn(visitor.context, guest);
    await page.goto(`/orders?order=${order}`);
    const report = '.reviews .report';
    // One's own is nobody's to report.
    await expect.poll(() => page.locator(report).count()).toBe(1);
    await page.click(report);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog fieldset .wrong')).toBe(staySays('report.needed'));
    await page.click(`dialog >> text="${staySays('report.reason.untrue')}"`);
    await expect.poll(() => page.locator('dialog fieldset .wrong').count()).toBe(0);
    await page.fill('dialog [name=text]', 'x'.repeat(1001));
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('dialog .field .wrong')).toBe(say('form.over', { n: 1 }));
    await page.fill('dialog [name=text]', '我们走的时候打扫过。');
    await accessible(page);
    await picture(page, 'review-report', size);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent('.reviews')).toContain(staySays('review.reported'));
    expect(await page.locator(report).count()).toBe(0);
    // It stays where it is until somebody decides.
    expect(await page.textContent('.reviews')).toContain(OF_GUEST);
    expect((await told()).guest_review?.reported).toBe(true);
    await accessible(page);
    await picture(page, 'review-reported', size);
    await logIn(visitor.context, host);
    await page.goto(`/host/orders?order=${order}`);
    await page.click(`${card(order)} summary`);
    const details = `${card(order)} details`;
    await expect.poll(() => page.textContent(details)).toContain(staySays('review.ofStay'));
    // What the guest reported the host is not told.
    expect(await page.textContent(details)).not.toContain(staySays('review.reported'));
    await page.click(`${details} .report`);
    await page.click(`dialog >> text="${staySays('report.reason.personal_data')}"`);
    await page.click('dialog footer .primary');
    await expect.poll(() => page.textContent(details)).toContain(staySays('review.reported'));
    expect(await page.locator('.report').count()).toBe(0);
    await accessible(page);
    await picture(page, 'review-reported-host', size);
  });

  test('whoever looks at the house sees what guests scored', async () => {
    await page.goto(`/houses/${house}`);
    await page.locator('.scores').scrollIntoViewIfNeeded();
    expect(await page.textContent('.scores')).toContain(say('score.clean'));
    expect(await page.textContent('.scores')).not.toContain(say('score.value'));
    await accessible(page);
    await picture(page, 'review-house', size);
  });

  test('a claim to answer is counted where orders are', async () => {
    await host.call('POST', `/orders/${order}/claims`, { amount: '20', reason: '少了一把钥匙' });
    await logIn(visitor.context, guest);
    await page.goto('/orders');
    await expect.poll(() => page.textContent('body')).toContain(say('nav.waiting.claims', { n: 1 }));
  });

  test('nothing failed unseen', () => expect(visitor.trouble).toEqual([]));
});
