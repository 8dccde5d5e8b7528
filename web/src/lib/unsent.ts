/**
 * What somebody wrote and could not send, because the session had ended: kept in memory, not on the device, until the
 * view is there again. Whoever logs in instead sees nothing of it.
 */
import { onBeforeUnmount, type Ref, ref, watch } from 'vue';
import { onSessionEnded } from './api';
import { me } from './session';

const kept = new Map<string, { whose: number | undefined; what: unknown }>();

/** Keeps what `read` gives when the session ends while the view is on the page; gives what was kept the last time. */
export function keepUnsent<T>(name: string, read: () => T): T | undefined {
  const whose = me.value?.user_id;
  onBeforeUnmount(onSessionEnded(() => kept.set(name, { whose, what: read() })));
  const before = kept.get(name);
  kept.delete(name);
  return before && before.whose === whose ? (before.what as T) : undefined;
}

const writings = new Map<string, string>();

/** A text that somebody is writing, kept in memory until it is sent: a sheet closed by a tap beside it loses nothing. */
export function useWriting(name: string): { text: Ref<string>; sent: () => void } {
  const key = `${me.value?.user_id}/${name}`;
  const text = ref(writings.get(key) ?? '');
  watch(text, (now) => writings.set(key, now), { flush: 'sync' });
  return { text, sent: () => writings.delete(key) };
}
