/** Waits that have become long: the page says so, and the person in front of it may stop waiting. */
import { ref } from 'vue';

const LONG = 3000;
export const slow = ref(false);
const running = new Set<AbortController>();

/** Ends every wait that is only for something to be shown; what is being written goes on. */
export function stopWaiting(): void {
  for (const wait of running) wait.abort();
}

/**
 * A wait that begins. Its signal ends with the given one, and by {@link stopWaiting} where it may be stopped; `over` has
 * to be called at its end.
 */
export function waiting(outer: AbortSignal | undefined, stoppable: boolean): { signal: AbortSignal; over: () => void } {
  const mine = new AbortController();
  const end = () => mine.abort();
  if (outer?.aborted) end();
  outer?.addEventListener('abort', end);
  if (stoppable) running.add(mine);
  const timer = setTimeout(() => (slow.value = stoppable && running.has(mine)), LONG);
  const over = () => {
    clearTimeout(timer);
    outer?.removeEventListener('abort', end);
    running.delete(mine);
    if (!running.size) slow.value = false;
  };
  return { signal: mine.signal, over };
}
