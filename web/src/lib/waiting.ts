/**
 * How much waits for whoever is logged in: the numbers of the navigation's badges. They are asked for when somebody is
 * logged in, when the window is looked at again, and after anything was written.
 */
import { reactive, watch } from 'vue';
import { call, onWritten } from './api';
import { keep, kept } from './keep';
import { me } from './session';

/** A hundred means a hundred or more. */
const NOTHING = { requests: 0, payments: 0, claims: 0, changes: 0, host_changes: 0, notices: 0 };
export const waits = reactive({ ...NOTHING });

const SOON = 400;
const SELDOM = 30_000;
let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** All notices up to the newest that is shown are read, on every device of the account. Quiet when that cannot be said. */
export async function noticesRead(newest: number): Promise<void> {
  try {
    await call('markNoticesRead', { body: { notice_id: newest }, quiet: true });
    waits.notices = 0;
  } catch {
    // They are new until the page is opened again.
  }
}

/** Where versions before kept what was read, on each device for itself: given to the account, once. */
const READ = 'notices-read';

async function handOver(user: number): Promise<void> {
  const read = kept<Record<string, number>>(READ)?.[user];
  if (read) await call('markNoticesRead', { body: { notice_id: read }, quiet: true });
  keep(READ, null);
}

async function ask(): Promise<void> {
  timer = undefined;
  if (!me.value) return;
  asked = Date.now();
  try {
    if (kept(READ)) await handOver(me.value.user_id);
    Object.assign(waits, await call('getWaiting', { quiet: true }));
  } catch {
    // A number that could not be asked for is worth no word.
  }
}

function askSoon(): void {
  timer ??= setTimeout(() => void ask(), SOON);
}

export function watchWaiting(): void {
  watch(
    () => me.value?.user_id,
    (user) => {
      Object.assign(waits, NOTHING);
      if (user) askSoon();
    },
    { immediate: true },
  );
  onWritten(askSoon);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - asked > SELDOM) askSoon();
  });
  window.addEventListener('focus', () => {
    if (Date.now() - asked > SELDOM) askSoon();
  });
}
