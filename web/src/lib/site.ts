/** What the server says about the site in every page: `<script type="application/json" id="site">`. */
import type { Locale } from './dates';

interface Site {
  /** Where the houses are: the zone of every day and time on the wire. */
  zone: string;
  /** The time of day (`23:59`, in that zone) from which no house can be booked for tonight. */
  tonight_until?: string;
  /** Of the first visit, by the browser's languages. */
  language: Locale;
}

const ELSEWHERE: Site = { zone: 'Asia/Shanghai', language: 'zh' };
let known: Site | undefined;

export function site(): Site {
  if (!known) {
    const text = typeof document === 'undefined' ? null : document.getElementById('site')?.textContent;
    known = text ? { ...ELSEWHERE, ...(JSON.parse(text) as Partial<Site>) } : ELSEWHERE;
  }
  return known;
}
