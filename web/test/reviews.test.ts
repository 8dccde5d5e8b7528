import { expect, test } from 'vitest';
import { instantOf } from '@/lib/dates';
import { canReviewGuest, readBy } from '@/lib/reviews';
import { chosenScores, givenScores, noScores } from '@/lib/scores';
import { stayZh } from '@/i18n/stay-zh';

const now = instantOf('2026-12-10 12:00:00');

test('scores that nobody gave are neither shown nor sent', () => {
  expect(givenScores({ clean: 4.9, accurate: null, check_in: 5, host: null, place: null, value: null })).toEqual([
    { name: '干净', score: 4.9 },
    { name: '入住顺利', score: 5 },
  ]);
  expect(chosenScores(noScores())).toBeUndefined();
  expect(chosenScores({ ...noScores(), value: 3, clean: 5 })).toEqual({ clean: 5, value: 3 });
});

test('a host reviews a guest once, until the time is over', () => {
  const order = { role: 'landlord', review_until: '2026-12-10 12:00:01', guest_review: null } as const;
  expect(canReviewGuest(order, now)).toBe(true);
  expect(canReviewGuest({ ...order, review_until: '2026-12-10 12:00:00' }, now)).toBe(false);
  expect(canReviewGuest({ ...order, review_until: null }, now)).toBe(false);
  expect(canReviewGuest({ ...order, role: 'custom' }, now)).toBe(false);
  expect(
    canReviewGuest(
      { ...order, guest_review: { stars: 5, text: '', time: '', shown_time: '', hidden: false, reported: false } },
      now,
    ),
  ).toBe(false);
});

test('the writer knows who reads a review', () => {
  expect(readBy({ time: '2026-12-01 09:00:00', shown_time: '2026-12-10 12:00:00', hidden: false }, now)).toBe('');
  expect(readBy({ time: '2026-12-10 12:00:20', shown_time: '2026-12-10 12:00:20', hidden: false }, now)).toBe('');
  expect(readBy({ time: '2026-12-10 09:00:00', shown_time: '2026-12-24 09:00:00', hidden: false }, now)).toBe(
    '12月24日 起对方才能看到。',
  );
  expect(readBy({ time: '2026-12-01 09:00:00', shown_time: '2026-12-01 09:00:00', hidden: true }, now)).toBe(
    stayZh['review.hidden'],
  );
});
