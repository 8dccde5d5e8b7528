/** The reasons that hosts choose by one tap. They are stored in the host's language and shown in the reader's. */
import type { Locale } from './dates';

export const REASONS = {
  repair: { zh: '这几天家里要维修', en: 'Repairs on these dates' },
  own: { zh: '这几天自己要用', en: 'I need the place myself on these dates' },
  elsewhere: { zh: '这几晚已在别处订出', en: 'Already booked elsewhere' },
  agreed: { zh: '已和房客商量好取消', en: 'Agreed with the guest' },
  guests: { zh: '房子不适合入住的人数', en: 'Not suitable for this number of guests' },
} as const;

/** A reason in the reader's language where it is one of these; somebody's own words stay as they are. */
export function reasonIn(locale: Locale, reason: string): string {
  const known = Object.values(REASONS).find((each) => each.zh === reason || each.en === reason);
  return known ? known[locale] : reason;
}
