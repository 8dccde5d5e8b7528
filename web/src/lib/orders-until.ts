/** Until when one side of an order has to do something, for the texts that say what happens otherwise. */
import { locale } from '@/i18n';
import { s } from '@/i18n/stay';
import { showMoment } from './dates';
import { timeLeft } from './orders';

export function untilWhen(until: string, now: number): { time: string; left: string } {
  const left = timeLeft(until, now);
  return { time: showMoment(until, locale.value), left: left ? s('claim.left', { left }) : '' };
}
