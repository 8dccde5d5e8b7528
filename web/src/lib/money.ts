/** Money is whole fen; 100 fen are 1 yuan. */
export type Fen = number;

/** `¥388`, `¥1,388.50`: no fen where there are none. */
export function showMoney(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const absolute = Math.abs(Math.round(fen));
  const yuan = Math.floor(absolute / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = absolute % 100;
  return `${sign}¥${yuan}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
}

/**
 * An amount for the cell of a calendar, which has room for eight characters: `¥388`, `¥1288.50`; from 10,000 yuan on with
 * fen, `¥12345+`: more than that. The whole amount is in the cell's name.
 */
export function shortMoney(fen: Fen): string {
  const [yuan, rest] = [Math.floor(fen / 100), fen % 100];
  if (rest === 0) return `¥${yuan}`;
  return yuan < 10_000 ? `¥${yuan}.${String(rest).padStart(2, '0')}` : `¥${yuan}+`;
}

/** Reads yuan as a person types them; null for what is not money. Never through binary fractions. */
export function parseYuan(text: string): Fen | null {
  const match = /^\s*¥?\s*(\d{1,7})(?:\.(\d{1,2}))?\s*$/.exec(text.replace(/,/g, ''));
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Fen as the wire takes them: yuan in a string. */
export const yuanText = (fen: Fen): string =>
  fen % 100 ? `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}` : String(fen / 100);
