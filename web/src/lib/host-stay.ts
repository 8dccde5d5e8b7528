/** What a host may say of a guest who has not come or has left, when, and what it means for the money. */
import { ref } from 'vue';
import { locale, t } from '@/i18n';
import { h } from '@/i18n/host';
import { call, type FullOrder, type Refund } from './api';
import { instantOf } from './dates';
import { inWords } from './failure';
import { showMoney } from './money';
import { hasBegun } from './orders';

type Ending = 'left' | 'no_show';

const DAY = 86_400_000;
/** Of the arrival day; from then on a guest who has not come may be said not to come, for two days. */
const NO_SHOW_FROM = '23:59';
const NO_SHOW_IS_SAID = 2 * DAY;

/** What may be said at this moment: the server's rules (ADR 20, 23), so that no button leads to a refusal. */
export function endingsOf(
  order: Pick<FullOrder, 'status' | 'start_date' | 'end_date' | 'check_in_from' | 'check_out_by'>,
  now: number,
): Ending[] {
  if (order.status !== 'PAID' || now >= instantOf(`${order.end_date} ${order.check_out_by}:00`)) return [];
  const noShow = instantOf(`${order.start_date} ${NO_SHOW_FROM}:00`);
  return [
    ...(now >= noShow && now < noShow + NO_SHOW_IS_SAID ? (['no_show'] as const) : []),
    ...(hasBegun(order, now) ? (['left'] as const) : []),
  ];
}

/** What the server says would go back now, and why that is not known. */
export function useRefund(order_id: number, action: 'cancel' | 'no_show') {
  const refund = ref<Refund>();
  const unknown = ref('');
  async function load(): Promise<void> {
    unknown.value = '';
    try {
      refund.value = await call('previewRefund', { path: { order_id }, query: { action } });
    } catch (problem) {
      unknown.value = inWords(problem);
    }
  }
  return { refund, unknown, load };
}

/** What a no-show moves, to the host, by the server's figures. */
export function noShowInWords(
  order: Pick<FullOrder, 'amount' | 'cancellation_policy'>,
  { share, lodging, deposit }: Pick<Refund, 'share' | 'lodging' | 'deposit'>,
): string {
  const kept = order.amount - lodging;
  const values = {
    policy: t(`terms.${order.cancellation_policy}`),
    share,
    back: showMoney(lodging),
    kept: showMoney(kept),
    deposit: showMoney(deposit),
  };
  const said = h(!lodging ? 'hostStay.no_show.none' : !kept ? 'hostStay.no_show.all' : 'hostStay.no_show.part', values);
  return deposit ? `${said}${locale.value === 'zh' ? '' : ' '}${h('hostStay.no_show.deposit', values)}` : said;
}
