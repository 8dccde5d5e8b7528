/**
 * The time the tests live in. Nothing here depends on the day, hour or zone of the machine: the server starts at
 * START (start.ts) by its clock file, and browsers are told the same time. Where the server is somebody else's, its time
 * is the machine's.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { inject, vi } from 'vitest';
import { fromOutbox } from './outbox';
import { moved } from './start';

const HOUR = 3_600_000;
const ZONE = 8 * HOUR;

/** How far the tests' time differs from the machine's, before any {@link moveClock}. */
const offset = (): number => inject('offset');
/** How far {@link moveClock} has moved it. */
let extra = 0;

/** The time of server and browsers. */
export const now = (): number => Date.now() + offset() + extra;

/** The day so many days from the tests' first day, where the houses are. */
export const day = (ahead: number): string => dayAt(Date.now() + offset() + ahead * 24 * HOUR);

const dayAt = (time: number): string => new Date(time + ZONE).toISOString().slice(0, 10);

/**
 * Moves the server's clock, and that of pages loaded from now on in these browsers, to so many days from the tests'
 * first day (0: back to it). A session lasts 14 days.
 */
export const moveClock = (days: number, ...browsers: BrowserContext[]): Promise<void> =>
  move(days * 24 * HOUR, browsers);

/** Moves both to a time of one's own choice. */
export const setClock = (time: number, ...browsers: BrowserContext[]): Promise<void> =>
  move(time - Date.now() - offset(), browsers);

async function move(by: number, browsers: BrowserContext[]): Promise<void> {
  extra = by;
  writeFileSync(inject('clock'), moved(offset() + by));
  await vi.waitUntil(async () => Math.abs((await serverTime()) - now()) < 60_000, { timeout: 20_000, interval: 150 });
  for (const browser of browsers) await tell(browser);
}

/** Gives a browser the tests' time, from the next page on. Its timers run as ever. */
export async function tell(browser: BrowserContext): Promise<void> {
  await browser.addInitScript((difference) => {
    const machine = ((globalThis as { MachineDate?: DateConstructor }).MachineDate ??= Date);
    class MovedDate extends machine {
      constructor(...parts: unknown[]) {
        if (parts.length) super(...(parts as []));
        else super(machine.now() + difference);
      }
      static override now = () => machine.now() + difference;
    }
    globalThis.Date = MovedDate as DateConstructor;
  }, offset() + extra);
}

/** Captchas are noted with the server's own time, in the site's zone. */
async function serverTime(): Promise<number> {
  const id = randomUUID();
  await fetch(`${inject('url')}/api/v1.0/imagecode/${id}`);
  try {
    const time = fromOutbox('captcha', (line) => line.id === id).time ?? '';
    return Date.parse(`${time.replace(' ', 'T')}+08:00`);
  } catch {
    return Number.NaN;
  }
}
