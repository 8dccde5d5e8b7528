/** The areas, asked for once. */
import { ref } from 'vue';
import { call, type Data } from './api';
import { firstAnswer } from './first';

export type Area = Data<'getAreas'>[number] & { houses?: number };
export const areas = ref<Area[]>([]);
let asked: Promise<void> | undefined;

export function loadAreas(): Promise<void> {
  if (areas.value.length) return Promise.resolve();
  const ready = firstAnswer<Area[]>('/api/v1.0/areas');
  if (ready) {
    areas.value = ready;
    return Promise.resolve();
  }
  asked ??= call('getAreas')
    .then((list) => void (areas.value = list))
    .finally(() => (asked = undefined));
  return asked;
}
