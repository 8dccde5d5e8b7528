import { locale, t } from '@/i18n';
import { showDays } from './dates';
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

/** What somebody asks for: other dates, and what that costs. */
const CHANGE = /^改为 (\d{4}-\d\d-\d\d) 至 (\d{4}-\d\d-\d\d)，费用(?:不变|(增加|减少) ([^\d，]+[\d.]+))$/;
const RETURNED = /^订单已更改，([^\d，]+[\d.]+) 将原路退回$/;

/** What follows in a notice: of a claim its amount, of a change what it asks for, else the reason that somebody gave; empty when there is nothing. */
export function detailOf({ why }: Told): string {
  if (!why) return '';
  if (/^[A-Z]{0,3}\p{Sc}[\d.]+$/u.test(why)) return t('notices.amount', { amount: why });
  const [, from = '', until = '', more, amount = ''] = CHANGE.exec(why) ?? [];
  if (from) {
    const dates = showDays(from, until, locale.value);
    return t(more === '增加' ? 'notices.change.more' : more ? 'notices.change.less' : 'notices.change.same', {
      dates,
      amount,
    });
  }
  const [, returned] = RETURNED.exec(why) ?? [];
  return returned
    ? t('notices.change.returned', { amount: returned })
    : t('orders.reason', { reason: reasonIn(locale.value, why) });
}
