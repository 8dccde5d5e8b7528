/** What a sheet sends: once at a time, with what is wrong at its fields or as a whole, and closed once it is done. */
import { type Ref, ref, shallowRef, watch } from 'vue';
import { t } from '@/i18n';
import { fieldOf, inWords } from './failure';
import { say } from './say';

/** `fields`: what the server may name in a refusal, with their values: what is wrong with one is gone once it is changed. */
export function useSending<F extends string = never>(
  open: Ref<boolean>,
  done: () => void,
  fields: Readonly<Record<F, Ref<unknown>>> = {} as Record<F, Ref<unknown>>,
) {
  const names = Object.keys(fields) as F[];
  const busy = ref(false);
  /** What went wrong, but for the fields. */
  const failure = ref('');
  const wrong = shallowRef<Partial<Record<F, string>>>({});
  for (const name of names) watch(fields[name], () => (wrong.value = { ...wrong.value, [name]: undefined }));

  function refused(problem: unknown): void {
    const field = fieldOf(problem, names);
    if (field) wrong.value = { [field]: inWords(problem) } as Partial<Record<F, string>>;
    else failure.value = inWords(problem);
  }

  /** Sends unless something is wrong with a field, says what `what` gives, and closes; `otherwise` may take a failure for something else. */
  async function send(
    what: () => Promise<string>,
    otherwise: (problem: unknown) => boolean = () => false,
  ): Promise<void> {
    if (busy.value || names.some((name) => wrong.value[name])) return;
    busy.value = true;
    failure.value = '';
    try {
      say(await what());
    } catch (problem) {
      if (!otherwise(problem)) refused(problem);
      return;
    } finally {
      busy.value = false;
    }
    open.value = false;
    done();
  }

  return { busy, failure, wrong, refused, send };
}

/** What is wrong with a text of more characters than it may have, counted as the server does. */
export function tooLong(words: string, most: number): string | undefined {
  const over = [...words].length - most;
  return over > 0 ? t('form.over', { n: over }) : undefined;
}
