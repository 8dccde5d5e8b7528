/**
 * Calendar days as `YYYY-MM-DD`, the wire's own form. All arithmetic is on whole days in UTC, so no zone and no
 * summer time can move a night; only {@link today} and {@link instantOf} know where the site is.
 */
import { type Site, site } from './site';

export type Day = string;

const DAY = 86_400_000;

export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

const timeOf = (day: Day) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** Today where the houses are, wherever the guest is. */
export function today(now = new Date(), zone = site().zone): Day {
  return clockAt(now.getTime(), zone).slice(0, 10);
}

/** Whether no house can be booked for tonight any more: the server's rule, by the site's clock. */
export function tooLateTonight(
  now = new Date(),
  { zone, tonight_until: until }: Pick<Site, 'zone' | 'tonight_until'> = site(),
): boolean {
  return until !== undefined && clockAt(now.getTime(), zone).slice(11, 16) >= until;
}

/** The first night that can be booked. */
export const firstNight = (now = new Date()): Day => addDays(today(now), tooLateTonight(now) ? 1 : 0);

/** What calendar and clock show in a zone, as `YYYY-MM-DDTHH:MM:SS`. */
function clockAt(instant: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** The instant of a time on the wire (`YYYY-MM-DD HH:MM:SS` in the site's zone), in milliseconds since 1970. */
export function instantOf(time: string, zone = site().zone): number {
  const wanted = Date.parse(`${time.replace(' ', 'T')}Z`);
  const offset = (instant: number) => Date.parse(`${clockAt(instant, zone)}Z`) - instant;
  // The offset at the instant itself: near a change of summer time the first guess may be an hour off.
  const guess = wanted - offset(wanted);
  return wanted - offset(guess);
}

export const addDays = (day: Day, days: number): Day => dayOf(timeOf(day) + days * DAY);

/** Nights from check-in to check-out; equal dates are one night, as the contract has it. */
export function nights(from: Day, until: Day): number {
  return Math.max(1, daysBetween(from, until));
}

export const daysBetween = (from: Day, until: Day): number => Math.round((timeOf(until) - timeOf(from)) / DAY);

/** 0 is Monday. */
export const weekday = (day: Day): number => (new Date(timeOf(day)).getUTCDay() + 6) % 7;

/** Friday to Sunday of the coming weekend; on a Saturday tonight, on a Sunday next weekend. */
export function comingWeekend(from: Day): [Day, Day] {
  const place = weekday(from);
  if (place === 5) return [from, addDays(from, 1)];
  const friday = addDays(from, (4 - place + 7) % 7);
  return [friday, addDays(friday, 2)];
}

export interface Month {
  year: number;
  month: number;
  /** Weeks from Monday; null where another month's day would be. */
  weeks: (Day | null)[][];
}

/** The month that holds the day, moved by so many months. */
export function monthOf(day: Day, offset = 0): Month {
  const start = new Date(timeOf(`${day.slice(0, 7)}-01`));
  start.setUTCMonth(start.getUTCMonth() + offset);
  const month = start.getUTCMonth();
  const cells: (Day | null)[] = Array<null>(weekday(dayOf(start.getTime()))).fill(null);
  const year = start.getUTCFullYear();
  for (let time = start.getTime(); new Date(time).getUTCMonth() === month; time += DAY) cells.push(dayOf(time));
  while (cells.length % 7) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, index) => cells.slice(index * 7, index * 7 + 7));
  return { year, month: month + 1, weeks };
}

export type Locale = 'zh' | 'en';

const zhWeekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const enWeekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const enMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const weekdayNames = (locale: Locale): string[] => (locale === 'zh' ? zhWeekdays : enWeekdays);

/** `1月10日 周日`, `Sun 10 Jan`. */
export function showDay(day: Day, locale: Locale): string {
  const name = weekdayNames(locale)[weekday(day)];
  return locale === 'zh' ? `${showDate(day, locale)} ${name}` : `${name} ${showDate(day, locale)}`;
}

/** `1月10日 周日 – 1月12日 周二`. */
export const showDays = (from: Day, until: Day, locale: Locale): string =>
  `${showDay(from, locale)} – ${showDay(until, locale)}`;

/** `1月10日`, `10 Jan`. */
export function showDate(day: Day, locale: Locale): string {
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8));
  return locale === 'zh' ? `${month}月${date}日` : `${date} ${enMonths[month - 1]}`;
}

/** A time on the wire as a day and a time of day: `1月10日 周日 11:00`, `Sun 10 Jan, 11:00`. */
export const showMoment = (time: string, locale: Locale): string =>
  `${showDay(time.slice(0, 10), locale)}${locale === 'zh' ? ' ' : ', '}${time.slice(11, 16)}`;

/** `2026年1月10日`, `10 Jan 2026`. */
export const showFullDate = (day: Day, locale: Locale): string =>
  locale === 'zh' ? `${day.slice(0, 4)}年${showDate(day, locale)}` : `${showDate(day, locale)} ${day.slice(0, 4)}`;

/** `2026年1月`, `Jan 2026`. */
export function showMonth(year: number, month: number, locale: Locale): string {
  return locale === 'zh' ? `${year}年${month}月` : `${enMonths[month - 1]} ${year}`;
}
