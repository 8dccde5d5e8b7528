/**
 * When the tests' time begins: a Wednesday in the middle of a month, at ten in the morning where the houses are. It is
 * later than any machine's date, so that houses imported by the machine's clock are older than those the tests publish.
 */
export const START = Date.parse('2030-05-15T10:00:00+08:00');

/** What the server's clock file holds, for a clock that differs so from the machine's. */
export const moved = (milliseconds: number): string => `PT${(milliseconds / 1000).toFixed(3)}S`;
