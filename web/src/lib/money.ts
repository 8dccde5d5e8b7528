/** Money is whole fen; 100 fen are 1 yuan, or whatever unit the site's sign stands for. */
import { site } from './site';

export type Fen = number;

/** `$388`, `$1,388.50` with the site's sign: no fen where there are none. */
export function showMoney(fen: Fen): string {
  const minus = fen < 0 ? '-' : '';
  const absolute = Math.abs(Math.round(fen));
  const yuan = Math.floor(absolute / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = absolute % 100;
  return `${minus}${site().currency}${yuan}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

/** The cell of a calendar has room for so many characters. */
const CELL = 8;

/**
 * An amount for the cell of a calendar: `$388`, `$1288.50`; where the fen have no room, `$12345+`: more than that. The
 * whole amount is in the cell's name.
 */
export function shortMoney(fen: Fen): string {
  const [yuan, rest] = [Math.floor(fen / 100), fen % 100];
  const whole = `${site().currency}${yuan}`;
  if (rest === 0) return whole;
  return whole.length + 3 <= CELL ? `${whole}.${String(rest).padStart(2, '0')}` : `${whole}+`;
}

/** Reads yuan as a person types them, with or without the site's sign; null for what is not money. Never through binary fractions. */
export function parseYuan(text: string): Fen | null {
  const typed = text.trim();
  const sign = site().currency;
  const amount = typed.startsWith(sign) ? typed.slice(sign.length) : typed;
  const match = /^\s*(\d{1,7})(?:\.(\d{1,2}))?$/.exec(amount.replace(/,/g, ''));
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Fen as the wire takes them: yuan in a string. */
export const yuanText = (fen: Fen): string =>
  fen % 100 ? `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}` : String(fen / 100);
