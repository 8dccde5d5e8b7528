/** Every page of the app in its filled, empty, busy and error states: one table for the tests of layout and of contrast. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import { inject } from 'vitest';
import { open as openBrowser } from './browser';
import { day } from './clock';
import { payOn, Person } from './people';

export type Who = 'nobody' | 'owner' | 'newcomer';

export interface State {
  name: string;
  path: string;
  who: Who;
  /** Brings the page into the state, once it is loaded. */
  enter?: (page: Page) => Promise<unknown>;
  /** What an API address answers instead while the state is shown: made of its own answer. */
  instead?: { of: string; data: (data: Record<string, unknown>) => Record<string, unknown> };
  /** API addresses (globs after `/api/v1.0`) that fail while the state is shown. */
  failing?: string;
  /** API addresses whose answers do not come while the state is shown. */
  hanging?: string;
}

export interface Fixture {
  people: { owner: Person; newcomer: Person };
  states: State[];
}

/** All that a house can say, in words that are long and words that cannot be broken. */
const SAYS = {
  weekend_price: '1688.50',
  cleaning_fee: '188.80',
  weekly_discount: 15,
  monthly_discount: 35,
  base_guests: 1,
  extra_guest_fee: '88.80',
  early_bird: { days: 60, percent: 12 },
  last_minute: { days: 3, percent: 8 },
  check_in_from: '14:30',
  check_in_until: '23:15',
  check_out_by: '11:45',
  description: `${'两进小院，正房朝南，院里有一棵石榴树；出门左转两百米就是鼓楼，早上听得见鸽哨。'.repeat(12)}\nhttps://example.com/${'courtyard-'.repeat(24)}`,
  rules: 'No smoking inside, please; the neighbours sleep early.\n22:00 以后院子里请轻声说话。\n带宠物请先问一句。',
  door: '北房东头第二间 8 号，进胡同第三个红门，门环敲两下',
  arrival_guide: `门锁密码 8016#，长按三秒。\nWi-Fi：zhonglou-${'x'.repeat(60)}\n停车：旧鼓楼大街路边，晚 9 点后免费。`,
  latitude: '39.94172',
  longitude: '116.39216',
};

const LONG = `${'客厅的落地灯被打碎，灯罩也裂了，茶几上还有一道划痕。'.repeat(5)}\nhttps://example.com/${'receipt-'.repeat(24)}`;
const CLAIM = {
  claim_id: 1,
  amount: 12_345_650,
  reason: LONG,
  status: 'WAIT_ANSWER',
  ctime: `${day(-1)} 12:00:00`,
  answer_by: `${day(2)} 12:00:00`,
  answer: '',
  granted: null,
  closed_by: null,
  close_time: null,
  decision: '',
};

const CHANGE = {
  change_id: 1,
  asked_by: 'host',
  start_date: day(32),
  end_date: day(45),
  days: 13,
  guests: { adults: 12, children: 13, infants: 10 },
  lines: [],
  amount: 98_765_430,
  difference: -12_345_650,
  refund: 1_234_550,
  status: 'WAIT_ANSWER',
  ctime: `${day(0)} 09:00:00`,
  expire_time: `${day(1)} 09:00:00`,
  closed_by: null,
  close_time: null,
};
const asking = (of: number, ...changes: object[]) => ({
  of: `/orders/${of}`,
  data: (order: Record<string, unknown>) => ({ ...order, changes }),
});

/** An order whose stay has ended, with a large deposit and this of it. */
const ended = (of: number, more: Record<string, unknown>) => ({
  of: `/orders/${of}`,
  data: (order: Record<string, unknown>) => ({
    ...order,
    status: 'WAIT_COMMENT',
    deposit: 98_765_430,
    start_date: day(-5),
    end_date: day(-1),
    ...more,
  }),
});

const submit = (page: Page) => page.click('main form button[type=submit]');

/** One account that is host and guest, with houses, orders and requests of both roles; and one that has nothing. */
export async function makeFixture(): Promise<Fixture> {
  const [owner, newcomer, other] = [await Person.register(), await Person.register(), await Person.register()];
  const house = await owner.publish('鼓楼旁的西厢房，推门就是胡同，屋顶可以看见钟楼和成群的鸽子，早上有豆汁儿', 1288.5);
  const others = await other.publish('Courtyard wing by the Drum Tower with a roof terrace and two bicycles', 388);
  await other.book(house, day(20), day(23));
  const rejected = await newcomerOf().then(async (guest) => guest.book(house, day(30), day(32)));
  await owner.answer(rejected, 'reject', '这几天家里要维修');
  await owner.book(others, day(9), day(12));
  const open =
    (await owner.call<{ orders: { order_id: number }[] }>('GET', '/user/orders?role=custom')).orders[0]?.order_id ?? 0;
  await other.answer(open, 'accept');
  const telling = await other.publish(
    '石榴树小院 · Courtyard with a pomegranate tree, and all that can be said about it',
    1288.5,
    1,
    { ...SAYS, instant_booking: true },
  );
  const unpaid = await owner.book(telling, day(2), day(10));
  const paid = await owner.book(telling, day(31), day(60));
  await pay(owner, paid);
  const own = await owner.publish('石榴树小院的西厢房', 388, 1, SAYS);
  const visitor = await newcomerOf();
  const accepted = await visitor.book(house, day(40), day(44));
  await owner.answer(accepted, 'accept');
  await pay(visitor, accepted);
  const letDown = await owner.book(others, day(50), day(53));
  await other.answer(letDown, 'accept');
  await other.answer(
    letDown,
    'cancel',
    `${'家里老人病了，实在抱歉，下次来住给您优惠。'.repeat(4)}\nhttps://example.com/${'sorry-'.repeat(24)}`,
  );
  await owner.call('PUT', `/houses/${own}/seasons`, [
    { from: day(3), to: day(9), price: '12888.50', min_days: 14, closed_to_arrival: true, closed_to_departure: true },
    { from: day(228), to: day(240), min_days: 2 },
  ]);
  const dates = `sd=${day(5)}&ed=${day(8)}`;
  const states: State[] = [
    { name: 'home', path: '/', who: 'nobody', enter: (page) => page.waitForSelector('.more .cards, .more .districts') },
    {
      name: 'home, offline',
      path: '/',
      who: 'nobody',
      failing: '/{houses/index,areas}*',
      enter: (page) => page.reload(),
    },
    { name: 'list', path: `/houses?${dates}&facility=3&pmin=100`, who: 'nobody' },
    {
      name: 'list, nothing found',
      path: '/houses?aid=1&pmin=999998&pmax=999999',
      who: 'nobody',
      enter: (page) => page.waitForSelector('.nothing button'),
    },
    {
      name: 'list, filters',
      path: `/houses?${dates}`,
      who: 'nobody',
      enter: async (page) => {
        // At a desk the button is hidden: the filters stand beside the list.
        await page.locator('.bar .filter').evaluate((button: HTMLElement) => button.click());
        await page.waitForSelector('dialog[open] footer .primary');
      },
    },
    {
      name: 'house',
      path: `/houses/${house}?${dates}`,
      who: 'nobody',
      enter: (page) => page.waitForSelector('.calendar'),
    },
    {
      name: 'house, dates taken',
      path: `/houses/${house}?sd=${day(20)}&ed=${day(23)}`,
      who: 'nobody',
      enter: (page) => page.waitForSelector('.calendar'),
    },
    {
      name: 'house, calendar open',
      path: `/houses/${house}?${dates}`,
      who: 'nobody',
      enter: async (page) => {
        await page.click('.foot-bar .sum:visible, .box .dates:visible');
        await page.waitForSelector('dialog .calendar');
      },
    },
    {
      name: 'house that says all',
      path: `/houses/${telling}?sd=${day(11)}&ed=${day(19)}`,
      who: 'nobody',
      enter: async (page) => {
        await page.waitForSelector('.calendar');
        await page.click('.description button');
        // The breakdown night by night, where it is in sight.
        await page.locator('.box .each summary').evaluate((summary: HTMLElement) => summary.click());
      },
    },
    {
      name: 'house that says all, without dates',
      path: `/houses/${telling}`,
      who: 'nobody',
      enter: (page) => page.waitForSelector('.calendar'),
    },
    {
      name: 'house, its price does not come',
      path: `/houses/${telling}?sd=${day(11)}&ed=${day(19)}`,
      who: 'nobody',
      failing: '/houses/*/quote*',
      enter: (page) => page.waitForSelector('.calendar'),
    },
    { name: 'house, gone', path: '/houses/99999999', who: 'nobody' },
    {
      name: 'no such page',
      path: '/login',
      who: 'nobody',
      enter: (page) =>
        page.evaluate(() => {
          history.pushState({}, '', '/me/nowhere');
          window.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
        }),
    },
    { name: 'login, refused', path: '/login', who: 'nobody', enter: submit },
    { name: 'register, refused', path: '/register', who: 'nobody', enter: submit },
    {
      name: 'register, code sent',
      path: '/register',
      who: 'nobody',
      enter: async (page) => {
        await page.route('**/smscode/**', (route) => route.fulfill({ json: { errno: '0', errmsg: '发送成功' } }));
        await page.fill('[name=mobile]', '13900000000');
        await page.fill('[name=captcha]', 'abcd');
        await page.click('.frame:has([name=code]) button.tail');
        await page.waitForSelector('button.tail:disabled, button.tail[aria-disabled=true]');
      },
    },
    { name: 'password forgotten', path: '/password', who: 'nobody', enter: submit },
    { name: 'account, nobody', path: '/me', who: 'nobody' },
    { name: 'book', path: `/houses/${others}/book?sd=${day(14)}&ed=${day(16)}`, who: 'owner' },
    {
      name: 'book, busy',
      path: `/houses/${others}/book?sd=${day(14)}&ed=${day(16)}`,
      who: 'owner',
      hanging: '/orders',
      enter: (page) => page.click('.box .primary', { timeout: 30_000 }),
    },
    { name: 'account', path: '/me', who: 'owner' },
    {
      name: 'profile',
      path: '/me/profile',
      who: 'owner',
      enter: async (page) => {
        await page.fill('[name=name]', '');
        await submit(page);
      },
    },
    { name: 'password', path: '/me/password', who: 'owner', enter: submit },
    { name: 'verification', path: '/me/verify', who: 'owner', enter: submit },
    { name: 'notices', path: '/me/notices', who: 'owner' },
    { name: 'notices, none', path: '/me/notices', who: 'newcomer' },
    { name: 'devices and data', path: '/me/privacy', who: 'owner' },
    { name: 'orders', path: '/orders', who: 'owner' },
    {
      name: 'order, unpaid',
      path: `/orders?order=${unpaid}`,
      who: 'owner',
      enter: (page) => page.click('.each summary'),
    },
    {
      name: 'order, paid',
      path: `/orders?order=${paid}`,
      who: 'owner',
      enter: (page) => page.waitForSelector('.arrival .text'),
    },
    {
      name: 'order, cancelled by the host',
      path: `/orders?order=${letDown}`,
      who: 'owner',
      enter: (page) => page.waitForSelector('.next a.button'),
    },
    {
      name: 'order, change asked for',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: asking(paid, CHANGE, { ...CHANGE, change_id: 2, status: 'REJECTED', close_time: `${day(0)} 08:00:00` }),
      enter: (page) => page.waitForSelector('.urgent'),
    },
    {
      name: 'order, change to pay',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: asking(paid, { ...CHANGE, status: 'WAIT_PAYMENT', difference: 98_765_430, refund: 0 }),
      enter: (page) => page.waitForSelector('.urgent'),
    },
    {
      name: 'order, changing',
      path: `/orders?order=${paid}`,
      who: 'owner',
      enter: async (page) => {
        await page.click('.next button:last-of-type');
        await page.fill('dialog [name=end_date]', day(70));
        await page.waitForSelector('dialog .money, dialog .wrong, dialog .notice.bad');
      },
    },
    {
      name: 'payment of a change',
      path: `/orders/${paid}/pay?change=1`,
      who: 'owner',
      instead: asking(paid, { ...CHANGE, status: 'WAIT_PAYMENT', difference: 98_765_430, refund: 0 }),
      enter: (page) => page.waitForSelector('main .primary'),
    },
    {
      name: 'order, deposit waiting',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: ended(paid, { deposit_return_time: `${day(2)} 11:45:00` }),
    },
    {
      name: 'order, deposit claimed, disagreeing',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: ended(paid, { claims: [CLAIM] }),
      enter: async (page) => {
        await page.click('.deposit button:last-of-type');
        await page.fill('dialog [name=text]', 'x'.repeat(1001));
        await page.click('dialog footer .primary');
        await page.waitForSelector('dialog .wrong');
      },
    },
    {
      name: 'order, deposit claimed',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: ended(paid, { claims: [CLAIM] }),
    },
    {
      name: 'order, deposit decided',
      path: `/orders?order=${paid}`,
      who: 'owner',
      instead: ended(paid, {
        claims: [
          { ...CLAIM, status: 'DECIDED', granted: 1_234_550, answer: LONG, decision: LONG, closed_by: 'operator' },
        ],
      }),
    },
    { name: 'order, somebody else’s', path: `/orders?order=${unpaid}`, who: 'newcomer' },
    { name: 'order, failed', path: `/orders?order=${paid}`, who: 'owner', failing: '/orders/*' },
    { name: 'orders, none', path: '/orders', who: 'newcomer' },
    { name: 'orders, failed', path: '/orders', who: 'owner', failing: '/user/orders*' },
    {
      name: 'orders, cancelling',
      path: '/orders',
      who: 'owner',
      enter: async (page) => {
        await page.click('.actions button:not(.primary)');
        await page.waitForSelector('dialog footer .primary:not([aria-disabled=true])');
      },
    },
    {
      name: 'orders, cancelling, busy',
      path: '/orders',
      who: 'owner',
      hanging: '/orders/*/refund*',
      enter: async (page) => {
        await page.click('.actions button:not(.primary)');
        await page.waitForSelector('dialog footer .primary');
      },
    },
    { name: 'payment', path: `/orders/${open}/pay`, who: 'owner' },
    {
      name: 'payment, busy',
      path: `/orders/${open}/pay`,
      who: 'owner',
      hanging: '/orders/*/payment',
      enter: (page) => page.click('main .primary'),
    },
    { name: 'payment, returned without', path: '/payment/return', who: 'owner' },
    { name: 'host', path: '/host', who: 'owner' },
    { name: 'host, nothing', path: '/host', who: 'newcomer' },
    { name: 'host, failed', path: '/host', who: 'owner', failing: '/user/{houses,occupancy}*' },
    { name: "guests' orders", path: '/host/orders', who: 'owner' },
    {
      name: "guests' orders, unfolded",
      path: '/host/orders',
      who: 'owner',
      enter: async (page) => {
        await page.click('article.order summary');
        await page.waitForSelector('article.order details dl');
      },
    },
    {
      name: "guests' orders, cancelling",
      path: `/host/orders?order=${accepted}`,
      who: 'owner',
      enter: async (page) => {
        await page.click(`#order-${accepted} .actions button:last-child`);
        await page.waitForSelector('dialog .money');
        await page.click('dialog footer .primary');
        await page.waitForSelector('dialog .field .wrong');
      },
    },
    {
      name: "guests' orders, change asked for",
      path: `/host/orders?order=${accepted}`,
      who: 'owner',
      instead: asking(accepted, { ...CHANGE, asked_by: 'guest' }),
      enter: async (page) => {
        await page.click(`#order-${accepted} .change .row button`);
        await page.waitForSelector('dialog .money');
      },
    },
    {
      name: "guests' orders, deposit claiming",
      path: `/host/orders?order=${accepted}`,
      who: 'owner',
      instead: ended(accepted, { deposit_return_time: `${day(2)} 11:45:00` }),
      enter: async (page) => {
        await page.click(`#order-${accepted} .event button`);
        await page.fill('dialog [name=amount]', '1234567.89');
        await page.click('dialog footer .primary');
        await page.waitForSelector('dialog .wrong');
      },
    },
    {
      name: "guests' orders, deposit claimed",
      path: `/host/orders?order=${accepted}`,
      who: 'owner',
      instead: ended(accepted, { claims: [CLAIM] }),
      enter: (page) => page.waitForSelector(`#order-${accepted} .event dl`),
    },
    {
      name: "guests' orders, deposit and no-show",
      path: `/host/orders?order=${accepted}`,
      who: 'owner',
      instead: ended(accepted, { status: 'PAID', start_date: day(-1), end_date: day(2) }),
      enter: async (page) => {
        const back = { days_before: 0, share: 50, lodging: 98_765_430, deposit: 98_765_430, total: 197_530_860 };
        await page.route(
          '**/refund-preview?action=no_show',
          (route) => route.fulfill({ json: { errno: '0', errmsg: 'OK', data: back } }),
          { times: 1 },
        );
        await page.click(`#order-${accepted} .event button`);
        await page.waitForSelector('dialog .money');
      },
    },
    { name: "guests' orders, none", path: '/host/orders', who: 'newcomer' },
    {
      name: "guests' orders, declining",
      path: '/host/orders',
      who: 'owner',
      enter: (page) => page.click('article.order .actions button:nth-child(2)'),
    },
    ...[1, 2, 3, 4, 5].map((step): State => ({
      name: `publish, step ${step}`,
      path: step === 1 ? '/host/new' : `/host/new?step=${step}`,
      who: 'newcomer',
      enter: async (page) => {
        // Nothing is missing in the fourth.
        if (step === 4) await page.selectOption('[name=check_in_until]', '01:00');
        await submit(page);
        await page.waitForSelector('form .wrong');
        if (step === 4) await page.evaluate(() => localStorage.removeItem('ihome.draft'));
      },
    })),
    {
      name: 'publish, filled',
      path: '/host/new?step=5',
      who: 'newcomer',
      enter: async (page) => {
        await page.evaluate((draft) => localStorage.setItem('ihome.draft', JSON.stringify(draft)), {
          ...SAYS,
          price: '1288.50',
          title: '石榴树小院',
          weekly_discount: '15',
          monthly_discount: '35',
        });
        await page.reload();
        await page.waitForSelector('.preview dl');
        await page.evaluate(() => localStorage.removeItem('ihome.draft'));
      },
    },
    {
      name: 'edit of a house that says all',
      path: `/host/houses/${own}/edit`,
      who: 'owner',
      enter: async (page) => {
        await page.click('form > details summary');
        await page.fill('[name=door]', '门'.repeat(230));
        await page.fill('[name=weekly_discount]', '99');
        await page.selectOption('[name=check_in_until]', '01:00');
        await submit(page);
        await page.waitForSelector('.wrong');
      },
    },
    {
      name: 'edit',
      path: `/host/houses/${house}/edit`,
      who: 'owner',
      enter: (page) => page.fill('[name=price]', 'much'),
    },
    {
      name: 'photos',
      path: `/host/houses/${house}/photos`,
      who: 'owner',
      enter: (page) =>
        page.setInputFiles('input[multiple]', [
          { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') },
        ]),
    },
    {
      name: 'calendar of a house',
      path: `/host/houses/${house}/calendar`,
      who: 'owner',
      enter: async (page) => {
        await page.click(`[data-day="${day(2)}"]`);
        await page.waitForSelector('.panel .acts');
      },
    },
    {
      name: 'calendar of a house that says all',
      path: `/host/houses/${own}/calendar`,
      who: 'owner',
      enter: (page) => page.click('details.prices summary'),
    },
    {
      name: 'seasons of a house',
      path: `/host/houses/${own}/calendar`,
      who: 'owner',
      enter: (page) => page.click('.seasons > summary'),
    },
    {
      name: 'night of a season',
      path: `/host/houses/${own}/calendar`,
      who: 'owner',
      enter: async (page) => {
        await page.click(`[data-day="${day(4)}"]`);
        await page.waitForSelector('.panel .acts');
      },
    },
    {
      name: 'season, refused',
      path: `/host/houses/${own}/calendar`,
      who: 'owner',
      enter: async (page) => {
        await page.click('.seasons > summary');
        await page.click('.seasons .list button');
        await page.fill('[name=season_from]', day(2));
        await page.fill('[name=season_last]', day(230));
        await page.fill('[name=season_price]', 'much');
        await page.fill('[name=season_min_days]', '0');
        await page.click('dialog footer .primary');
        await page.waitForSelector('dialog .wrong');
      },
    },
    { name: 'somebody else’s house', path: `/host/houses/${others}/edit`, who: 'owner' },
  ];
  return { people: { owner, newcomer }, states };
}

/** Pays an order in a browser of its own. */
async function pay(guest: Person, order: number): Promise<void> {
  const browser = await openBrowser();
  try {
    await payOn(await browser.newPage(), guest, order);
  } finally {
    await browser.close();
  }
}

const newcomerOf = (): Promise<Person> => Person.register();

/** Becomes one of the fixture's people, or nobody. */
export async function become(context: BrowserContext, fixture: Fixture, who: Who): Promise<void> {
  await context.clearCookies();
  if (who === 'nobody') return;
  const value = fixture.people[who].cookie.replace(/^session=/, '');
  await context.addCookies([{ name: 'session', value, url: inject('url') }]);
}

/** Opens the page of a state and brings it there. The function that comes back ends what was arranged for it. */
export async function show(page: Page, state: State): Promise<() => Promise<void>> {
  const held: Route[] = [];
  const leave = async () => {
    await page.goto('about:blank');
    // A browser that is busy has not ended the page's requests yet: without this they reach the server once nothing holds them,
    // and book the nights of the state.
    for (const route of held.splice(0)) await route.abort().catch(() => {});
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  };
  // A machine that is busy elsewhere may take longer than any time-out, once.
  await enter(page, state, held)
    .catch(async () => {
      await leave();
      await enter(page, state, held);
    })
    .catch(async (cause: Error) => {
      await leave();
      throw new Error(`${state.name}: does not come into this state`, { cause });
    });
  return leave;
}

async function enter(page: Page, state: State, held: Route[]): Promise<void> {
  if (state.hanging) await page.route(`**/api/v1.0${state.hanging}`, (route) => void held.push(route));
  if (state.failing) {
    await page.route(`**/api/v1.0${state.failing}`, (route) =>
      route.fulfill({ status: 500, json: { errno: '4500', errmsg: '服务器内部错误' } }),
    );
  }
  const { instead } = state;
  if (instead) {
    await page.route(`**/api/v1.0${instead.of}`, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { data: Record<string, unknown> };
      await route.fulfill({ response, json: { ...answer, data: instead.data(answer.data) } });
    });
  }
  await page.goto(state.path);
  await settled(page);
  await state.enter?.(page);
  // What hangs shows its shape, and goes on showing it.
  if (!state.hanging) await settled(page);
}

/** The app itself has drawn the page: the server's first frame has a main of its own, without this id and without anything that answers. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('#main :is(h1, h2, [role=alert])') &&
      ![...document.querySelectorAll('#main .shape')].some((shape) => shape.checkVisibility()),
  );
}
