/** Who is logged in, as far as this page knows. */
import { ref } from 'vue';
import { ApiError, call, onSessionEnded, SESSION_ENDED, type User } from './api';
import { forgetDrafts } from './keep';

/** undefined: not asked yet; null: nobody. */
export const me = ref<User | null | undefined>(undefined);
let asked: Promise<User | null> | undefined;

onSessionEnded(() => {
  me.value = null;
  asked = undefined;
});

/** Asks once; a failure other than "nobody" is thrown and asked again next time. */
export function whoAmI(): Promise<User | null> {
  if (me.value) return Promise.resolve(me.value);
  asked ??= ask().finally(() => {
    asked = undefined;
  });
  return asked;
}

/** Asks for the session first: that answer is no refusal, so a guest who is nobody is sent nowhere. */
async function ask(): Promise<User | null> {
  try {
    await call('getSession');
    me.value = await call('getUser');
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.errno !== SESSION_ENDED) throw failure;
    me.value = null;
  }
  return me.value;
}

export async function logOut(): Promise<void> {
  await call('logOut');
  forgetDrafts();
  me.value = null;
}
