/** A stay at one house, as the address bar has it, and whether the house admits it. */
import { computed, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { t } from '@/i18n';
import type { FullHouse } from './api';
import { type Day, nights } from './dates';
import { stayPrice } from './money';
import { readSearch, stayOf } from './search';

export function useStay(house: Ref<FullHouse | undefined>) {
  const route = useRoute();
  const router = useRouter();
  const search = computed(() => readSearch(route.query));
  const start = computed(() => search.value.sd);
  const end = computed(() => search.value.ed);
  const count = computed(() => (start.value && end.value ? nights(start.value, end.value) : 0));
  const total = computed(() => (house.value ? stayPrice(house.value.price, count.value) : 0));

  /** Why these dates will not do; empty when they will. */
  const objection = computed(() => {
    if (!house.value || !count.value) return '';
    const { min_days: min, max_days: max } = house.value;
    if (count.value < min) return t('house.tooShort', { n: min });
    return max && count.value > max ? t('house.tooLong', { n: max }) : '';
  });
  const tooMany = computed(() => (house.value && search.value.guests ? search.value.guests > house.value.capacity : false));

  function choose(sd: Day | undefined, ed: Day | undefined): void {
    void router.replace({ query: stayOf({ ...search.value, sd, ed }) });
  }

  return { search, start, end, count, total, objection, tooMany, choose };
}
