import { locale, t } from '@/i18n';
import { reasonIn } from './reasons';

/** A notice taken apart: what happened, to which stay, and the reason that somebody gave. */
export interface Told {
  what: string;
  title?: string;
  from?: string;
  until?: string;
  why?: string;
}

/** As the server writes them: 「title」first 至 last：what：why. Anything else is all `what`. */
const FORM = /^「(.*)」(\d{4}-\d\d-\d\d) 至 (\d{4}-\d\d-\d\d)：([^：]+)(?:：(.*))?$/s;

export function toldBy(text: string): Told {
  const [, title, from, until, what, why] = FORM.exec(text) ?? [];
  return what === undefined ? { what: text } : { what, title, from, until, why };
}

/** What follows in a notice: of a claim its amount, else the reason that somebody gave; empty when there is nothing. */
export function detailOf({ why }: Told): string {
  if (!why) return '';
  return /^¥[\d.]+$/.test(why) ? t('notices.amount', { amount: why }) : t('orders.reason', { reason: reasonIn(locale.value, why) });
}
