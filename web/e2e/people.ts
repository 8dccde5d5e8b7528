/** People who use the API without a browser: the other side of what a test does in the pages. */
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { captchaText, newMobile, PASSWORD, smsCode } from './browser';
import { where } from './where';

/** A photo of a real size, as bytes. */
export const photo = (): Buffer => readFileSync(fileURLToPath(new URL('../../docs/hutong.jpg', import.meta.url)));

export class Person {
  private constructor(
    readonly mobile: string,
    /** The session, as a browser would send it. */
    readonly cookie: string,
  ) {}

  static async register(): Promise<Person> {
    const mobile = newMobile();
    const id = randomUUID();
    await fetch(`${where().url}/api/v1.0/imagecode/${id}`);
    const text = await vi.waitUntil(() => captchaText(id), { timeout: 10_000 });
    await fetch(`${where().url}/api/v1.0/smscode/${mobile}?text=${text}&id=${id}`);
    const code = await vi.waitUntil(() => smsCode(mobile), { timeout: 10_000 });
    const answer = await fetch(`${where().url}/api/v1.0/users`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ mobile, sms_code: code, password: PASSWORD }),
    });
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    expect(cookie, await answer.text()).toContain('session=');
    return new Person(mobile, cookie);
  }

  /** The data of a successful answer; anything else fails the test. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const form = body instanceof FormData;
    const answer = await fetch(`${where().url}/api/v1.0${path}`, {
      method,
      headers: { Cookie: this.cookie, ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
    const envelope = (await answer.json()) as { errno: string | number; data: T };
    expect(String(envelope.errno), `${method} ${path}: ${JSON.stringify(envelope)}`).toBe('0');
    return envelope.data;
  }

  /** Publishes a house in 东城区; answers its id. `more`: fields that it says beside the required ones, or other values of these. */
  async publish(title: string, price: number, photos = 1, more: Record<string, unknown> = {}): Promise<number> {
    const { house_id: house } = await this.call<{ house_id: number }>('POST', '/houses', {
      title,
      price: String(price),
      deposit: '200',
      address: '东城区旧鼓楼大街小石桥胡同24号',
      area_id: 1,
      room_count: 1,
      acreage: 60,
      unit: '四合院西厢房',
      capacity: 2,
      beds: '双人床 1 张',
      min_days: 1,
      max_days: 0,
      facility: [1, 2, 3, 4, 12, 14],
      ...more,
    });
    for (let n = 0; n < photos; n++) {
      const form = new FormData();
      form.append('house_image', new Blob([new Uint8Array(photo())], { type: 'image/jpeg' }), 'window.jpg');
      await this.call('POST', `/houses/${house}/images`, form);
    }
    return house;
  }

  /** Books nights; answers the order's id. */
  async book(house: number, from: string, until: string): Promise<number> {
    const body = { house_id: house, start_date: from, end_date: until };
    return (await this.call<{ order_id: number }>('POST', '/orders', body)).order_id;
  }

  /** Waits until an order is in a state that the clock brings: lists show it when the server has looked, every two seconds. */
  async until(order: number, status: string): Promise<void> {
    const found = async (role: 'custom' | 'landlord') => {
      const { orders } = await this.call<{ orders: { order_id: number; status: string }[] }>(
        'GET',
        `/user/orders?role=${role}`,
      );
      return orders.find((each) => each.order_id === order)?.status;
    };
    await expect.poll(async () => (await found('custom')) ?? found('landlord'), { timeout: 20_000 }).toBe(status);
  }

  answer(order: number, action: 'accept' | 'reject' | 'cancel', reason?: string): Promise<unknown> {
    return this.call('PUT', `/orders/${order}/status`, { action, reason });
  }
}

/** Pays an order on the built-in cashier's page, as its guest would, and waits until the payment has arrived. */
export async function payOn(page: Page, guest: Person, order: number): Promise<void> {
  const { pay_url } = await guest.call<{ pay_url: string }>('POST', `/orders/${order}/payment`);
  await page.goto(pay_url);
  await page.getByRole('button', { name: /^(付款|Pay)/ }).click();
  await vi.waitUntil(async () => (await guest.call<{ status: string }>('GET', `/orders/${order}`)).status === 'PAID', {
    timeout: 20_000,
  });
}

/** Lets a browser be somebody's from the next page on. */
export async function logIn(context: BrowserContext, person: Person): Promise<void> {
  await context.addCookies([{ name: 'session', value: person.cookie.replace(/^session=/, ''), url: where().url }]);
}
