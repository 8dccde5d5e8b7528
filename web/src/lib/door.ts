/**
 * What was typed on the forms for log-in, registration and forgotten passwords: shared between them, and kept in this
 * tab over a reload. Never the password.
 */
import { ref, type Ref, watch } from 'vue';

export const typedMobile = tabRef('mobile', '');
export const typedCode = tabRef('code', '');
/** When the next code can be asked for, in milliseconds since 1970; 0 when now. */
export const nextCode = tabRef<number>('next-code', 0);

export function forgetTyped(): void {
  typedCode.value = '';
  nextCode.value = 0;
}

function tabRef<T extends string | number>(name: string, initial: T): Ref<T> {
  const key = `ihome.door.${name}`;
  const value = ref(read()) as Ref<T>;
  watch(value, (now) => {
    try {
      if (now === initial) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(now));
    } catch {
      // a private window may refuse: then it is not kept
    }
  });
  return value;

  function read(): T {
    try {
      const text = sessionStorage.getItem(key);
      const found: unknown = text === null ? initial : JSON.parse(text);
      return typeof found === typeof initial ? (found as T) : initial;
    } catch {
      return initial;
    }
  }
}
