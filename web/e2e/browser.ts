/** Debian's Chromium, driven as a person would: at phone and desk size, every page held against axe. */
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { tell } from './clock';
import { fromOutbox } from './outbox';
import { where } from './where';
import type { Language } from './words';

export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1360, height: 900 } },
} as const;
export type Size = keyof typeof SIZES;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const open = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.IHOME_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page without the page saying so: script errors, refused content. */
  trouble: string[];
}

/**
 * A browser of somebody new. Without the app's service worker unless that is what is tested: it is installed some seconds after the
 * first page, and from then on `page.route` may miss what a page asks for.
 */
export async function visit(
  browser: Browser,
  size: Size,
  dark = false,
  language: Language = 'zh',
  serviceWorkers: 'allow' | 'block' = 'block',
  zone = 'Asia/Shanghai',
): Promise<Visitor> {
  const context = await browser.newContext({
    serviceWorkers,
    ...SIZES[size],
    baseURL: where().url,
    locale: 'zh-CN',
    timezoneId: zone,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(12_000);
  await tell(context);
  if (language === 'en') await context.addInitScript(() => localStorage.setItem('ihome.locale', '"en"'));
  const page = await context.newPage();
  goingAgain(page);
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused/.test(message.text()))
      trouble.push(message.text());
  });
  return { page, context, trouble };
}

/**
 * An overlay that is closed goes back in the history, which takes a moment and aborts a navigation that begins meanwhile.
 * Nobody types an address that fast: the test goes there again.
 */
function goingAgain(page: Page): void {
  const go = page.goto.bind(page);
  page.goto = (url, options) =>
    go(url, options).catch((failure: Error) => {
      if (!failure.message.includes('ERR_ABORTED')) throw failure;
      return go(url, options);
    });
}

/** No violation of WCAG 2.2 A and AA on the page as it stands, nor of axe's best practices. */
export async function accessible(page: Page): Promise<void> {
  expect(await violations(page), page.url()).toEqual([]);
}

/** What axe finds on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const result = await checker.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return result.violations.map(
      (each) =>
        `${each.id}: ${each.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
  });
}

/** With IHOME_SCREENSHOTS, keeps the page as it stands in that folder. */
export async function picture(page: Page, name: string, size: Size): Promise<void> {
  const folder = process.env.IHOME_SCREENSHOTS;
  if (!folder) return;
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${folder}/${name}-${size}.jpg`, type: 'jpeg', quality: 72 });
}

export const newMobile = (): string => `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
export const PASSWORD = '雨后的银杏大道42';

/** Registers through the form; ends where the form leads. */
export async function register(
  page: Page,
  mobile: string,
  whileWaiting: () => Promise<void> = async () => {},
): Promise<void> {
  await page.waitForSelector('.captcha img');
  const id = async () => (await page.getAttribute('.captcha img', 'src'))?.split('/').at(-1) ?? '';
  await expect.poll(async () => captchaText(await id())).not.toBe('');
  await page.fill('[name=mobile]', mobile);
  await page.fill('[name=captcha]', captchaText(await id()));
  await page.click('.frame:has([name=code]) button.tail');
  await expect.poll(() => smsCode(mobile), { timeout: 10_000 }).not.toBe('');
  await whileWaiting();
  await page.fill('[name=code]', smsCode(mobile));
  await page.fill('[name=password]', PASSWORD);
  await page.check('[name=consent]');
  await page.click('form button[type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/register'));
}

export function captchaText(id: string): string {
  try {
    return fromOutbox('captcha', (line) => line.id === id).text ?? '';
  } catch {
    return '';
  }
}

export function smsCode(mobile: string): string {
  try {
    return fromOutbox('sms', (line) => line.mobile === mobile).code ?? '';
  } catch {
    return '';
  }
}

/** An identity number with a valid check digit. */
export function newIdCard(): string {
  const body = `11010519${80 + Math.floor(Math.random() * 19)}0${1 + Math.floor(Math.random() * 9)}1${Math.floor(Math.random() * 9)}${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11];
}
