/** What guests think of single things of a stay: scores from one to five. */
import { t } from '@/i18n';
import type { FullHouse } from './api';

export const SCORES = ['clean', 'accurate', 'check_in', 'host', 'place', 'value'] as const;
type Score = (typeof SCORES)[number];
export type Scores = FullHouse['scores'];

/** The scores that somebody gave, by name; those that nobody gave are left out. */
export const givenScores = (scores: Scores): { name: string; score: number }[] =>
  SCORES.flatMap((name) => {
    const score = scores[name];
    return score === null ? [] : [{ name: t(`score.${name}`), score }];
  });

/** As the request takes them: without what was not chosen; undefined when nothing was. */
export function chosenScores(chosen: Record<Score, number>): Partial<Record<Score, number>> | undefined {
  const given = SCORES.filter((name) => chosen[name] > 0).map((name) => [name, chosen[name]] as const);
  return given.length ? Object.fromEntries(given) : undefined;
}

export const noScores = (): Record<Score, number> =>
  Object.fromEntries(SCORES.map((name) => [name, 0])) as Record<Score, number>;
