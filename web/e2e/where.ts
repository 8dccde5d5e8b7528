/** Which server a file's tests are about: the one of all, unless the file has started one of its own. */
import { inject } from 'vitest';

interface Server {
  url: string;
  outbox: string;
}

let own: Server | undefined;

export const useServer = (server: Server): void => void (own = server);
export const where = (): Server => own ?? { url: inject('url'), outbox: inject('outbox') };
