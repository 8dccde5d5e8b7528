/**
 * How much waits for whoever is logged in: the numbers of the navigation's badges. They are asked for when somebody is
 * logged in, when the window is looked at again, and after anything was written.
 */
import { reactive, watch } from 'vue';
import { call, onWritten } from './api';
import { keep, kept } from './keep';
import { me } from './session';

/** A hundred means a hundred or more. */
export const waits = reactive({ requests: 0, payments: 0, notices: 0 });

const SOON = 400;
const SELDOM = 30_000;
let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Notices read on this device, by account: the newest. */
const READ = 'notices-read';
type Read = Record<string, number>;

export function noticesRead(newest: number): void {
  if (!me.value) return;
  const read = kept<Read>(READ) ?? {};
  keep(READ, { [me.value.user_id]: Math.max(newest, read[me.value.user_id] ?? 0) });
  waits.notices = 0;
}

async function ask(): Promise<void> {
  timer = undefined;
  if (!me.value) return;
  asked = Date.now();
  try {
    const after = kept<Read>(READ)?.[me.value.user_id];
    Object.assign(waits, await call('getWaiting', { query: after === undefined ? {} : { notices_after: after }, quiet: true }));
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
      Object.assign(waits, { requests: 0, payments: 0, notices: 0 });
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
