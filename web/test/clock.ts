/** No unit test knows what day it is: all of them live on one, unless they set another. */
import { vi } from 'vitest';

vi.setSystemTime('2030-05-15T02:00:00Z');
