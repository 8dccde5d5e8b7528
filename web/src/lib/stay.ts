/** A stay at one house, as the address bar has it: what it costs, and whether the house admits it. */
import { computed, type Ref, ref, type UnwrapNestedRefs, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { t } from '@/i18n';
import { ApiError, call, type FullHouse, type Quote } from './api';
import { addDays, type Day, nights, today } from './dates';
import { inWords } from './failure';
import { type DateRules, faultOf } from './house-dates';
import { readSearch, stayOf, type Who, whoOf } from './search';

const YEAR = 365;

export function useStay(id: number, house: Ref<FullHouse | undefined>) {
  const route = useRoute();
  const router = useRouter();
  const search = computed(() => readSearch(route.query));
  const start = computed(() => search.value.sd);
  const end = computed(() => search.value.ed);
  const count = computed(() => (start.value && end.value ? nights(start.value, end.value) : 0));
  const who = computed(() => whoOf(search.value));
  const quote = ref<Quote>();
  const quoteFailure = ref<unknown>();
  /** The server's refusal of these dates, such as tonight when it is too late. */
  const refusal = ref<unknown>();
  /** Nights that cannot be booked, for whatever reason. */
  const taken = ref<ReadonlySet<Day>>(new Set());
  /** Those of them that nobody has booked: it is too late for tonight. */
  const tooLate = ref<ReadonlySet<Day>>(new Set());
  const prices = ref<ReadonlyMap<Day, number>>(new Map());
  /** Where a stay may begin and end; empty while the calendar is not known. */
  const rules = ref<DateRules>(new Map());
  let asked = 0;

  async function loadQuote(): Promise<void> {
    const mine = ++asked;
    quote.value = undefined;
    quoteFailure.value = undefined;
    refusal.value = undefined;
    if (!start.value || !end.value) return;
    try {
      const query = { start_date: start.value, end_date: end.value, ...who.value };
      const answer = await call('quoteStay', { path: { house_id: id }, query });
      if (mine === asked) quote.value = answer;
    } catch (problem) {
      if (mine !== asked) return;
      if (problem instanceof ApiError && problem.errno === '4103') refusal.value = problem;
      else quoteFailure.value = problem;
    }
  }

  async function loadCalendar(): Promise<void> {
    const from = today();
    const { nights: all } = await call('getCalendar', {
      path: { house_id: id },
      query: { from, to: addDays(from, YEAR) },
    });
    taken.value = new Set(all.filter((night) => !night.free).map((night) => night.date));
    tooLate.value = new Set(all.filter((night) => night.reason === 'too_late').map((night) => night.date));
    prices.value = new Map(all.map((night) => [night.date, night.price]));
    rules.value = new Map(all.map((night) => [night.date, night]));
  }

  watch([start, end, () => JSON.stringify(who.value)], loadQuote, { immediate: true });
  // Without the calendar dates can still be chosen: the quote has the last word.
  void loadCalendar().catch(() => {});

  const tooMany = computed(() =>
    house.value && search.value.guests ? search.value.guests > house.value.capacity : false,
  );
  /** Why these dates will not do; empty when they will. */
  const objection = computed(() => {
    if (!house.value || !count.value) return '';
    const fault = start.value && end.value ? faultOf(rules.value, house.value, start.value, end.value) : undefined;
    if (fault?.what === 'arrival') return t('house.noArrival');
    if (fault?.what === 'departure') return t('house.noDeparture');
    if (fault?.what === 'short') return t('house.tooShort', { n: fault.n });
    if (fault?.what === 'long') return t('house.tooLong', { n: fault.n });
    if (tooMany.value) return t('house.tooMany', { n: house.value.capacity });
    if (refusal.value) return inWords(refusal.value);
    return quote.value && !quote.value.free ? t('house.taken') : '';
  });

  /** The nearest free stays of the same length. */
  const nearest = computed<[Day, Day][]>(() =>
    start.value && count.value && rules.value.size
      ? nearestFree(
          start.value,
          count.value,
          taken.value,
          today(),
          house.value && { rules: rules.value, house: house.value },
        )
      : [],
  );

  /** Other guests, for the same nights. */
  function invite({ adults, children, infants }: Who): Promise<unknown> {
    return router.replace({
      query: stayOf({
        ...search.value,
        guests: adults + children,
        children: children || undefined,
        infants: infants || undefined,
      }),
    });
  }

  function choose(sd: Day | undefined, ed: Day | undefined): Promise<unknown> {
    return router.replace({ query: stayOf({ ...search.value, sd, ed }) });
  }

  return {
    search,
    start,
    end,
    count,
    who,
    invite,
    quote,
    quoteFailure,
    taken,
    tooLate,
    prices,
    rules,
    objection,
    tooMany,
    nearest,
    choose,
    loadQuote,
    loadCalendar,
  };
}

/** What {@link useStay} gives, with its values in place of their references. */
export type Stay = UnwrapNestedRefs<ReturnType<typeof useStay>>;

const NEAR_DAYS = 60;
const OFFERS = 3;

/** Free stays of so many nights that the house admits, nearest to the wanted start first, at most three; none before today. */
export function nearestFree(
  wanted: Day,
  length: number,
  taken: ReadonlySet<Day>,
  now: Day,
  admits?: { rules: DateRules; house: { min_days: number; max_days: number } },
): [Day, Day][] {
  const found: [Day, Day][] = [];
  const admitted = (from: Day) => !admits || !faultOf(admits.rules, admits.house, from, addDays(from, length));
  const free = (from: Day) =>
    from >= now && admitted(from) && !Array.from({ length }, (_, n) => addDays(from, n)).some((day) => taken.has(day));
  for (let away = 1; away <= NEAR_DAYS && found.length < OFFERS; away++) {
    for (const from of [addDays(wanted, -away), addDays(wanted, away)]) {
      if (found.length < OFFERS && free(from)) found.push([from, addDays(from, length)]);
    }
  }
  return found;
}
