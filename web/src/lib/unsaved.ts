/** What is written of a house and not saved yet: kept as one writes, and found again. */
import { reactive, watch } from 'vue';
import { type Draft, type DraftField, empty } from './draft';
import { keep, keepInTab, kept, keptInTab } from './keep';
import { me } from './session';

/** What only the host and guests who have paid may read: kept in the tab, never on the device. */
const PRIVATE = ['door', 'arrival_guide'] as const satisfies readonly DraftField[];

export const hasDraft = (): boolean => kept<Draft>('draft') !== null;

export function useDraft() {
  const draft = reactive<Draft>({ ...empty(), ...restored('draft') });
  watch(draft, () => keepUnsaved('draft', draft), { deep: true });
  return { draft, forget: () => keepUnsaved('draft', null) };
}

/** Keeps what is not saved: on the device, and what is private only in this tab and for this account. */
export function keepUnsaved(name: string, fields: Partial<Draft> | null): void {
  if (!fields) {
    keep(name, null);
    return keepInTab(name, null);
  }
  const { door, arrival_guide, ...open } = fields;
  keep(name, open);
  keepInTab(
    name,
    door !== undefined || arrival_guide !== undefined ? { whose: me.value?.user_id, door, arrival_guide } : null,
  );
}

/** What {@link keepUnsaved} has kept. */
export function restored(name: string): Partial<Draft> {
  const hidden = keptInTab<{ whose?: number } & Partial<Pick<Draft, (typeof PRIVATE)[number]>>>(name);
  const mine = hidden && hidden.whose !== undefined && hidden.whose === me.value?.user_id ? hidden : {};
  const found = {
    ...(kept<Partial<Draft>>(name) ?? {}),
    ...Object.fromEntries(PRIVATE.map((field) => [field, mine[field]])),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Partial<Draft>;
}
