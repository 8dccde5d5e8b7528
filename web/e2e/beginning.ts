/** Before each file: the clock stands where the tests begin, wherever the file before left it. */
import { beforeAll, inject } from 'vitest';
import { moveClock } from './clock';

beforeAll(async () => {
  if (inject('clock')) await moveClock(0);
});
