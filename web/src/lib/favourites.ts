/**
 * Favourites: kept on the device until somebody logs in, then given to the account, whose they are from then on. Of each
 * there is enough to show it without asking.
 */
import { ref, watch } from 'vue';
import { ApiError, type BasicHouse, send } from './api';
import { inWords } from './failure';
import { keep, kept } from './keep';
import { say } from './say';
import { me } from './session';

interface Favourite {
  id: number;
  title: string;
  picture: string;
  price: number;
  /** Taken down by its host. */
  gone?: boolean;
}

const ADDRESS = '/api/v1.0/user/favourites';
const MOST_ON_DEVICE = 100;
const onDevice = (): Favourite[] => kept<Favourite[]>('favourites') ?? [];
export const favourites = ref<Favourite[]>(onDevice());
let loading: Promise<void> | undefined;

export const isFavourite = (id: number): boolean => favourites.value.some((house) => house.id === id);

/** Gives the account what the device kept, and shows what the account has. */
async function moveIn(): Promise<void> {
  const mine = onDevice();
  if (mine.length) {
    await send('POST', ADDRESS, { house_ids: mine.map((house) => house.id) });
    keep('favourites', null);
  }
  const { data } = await send<{ houses: (BasicHouse & { published?: boolean })[] }>('GET', ADDRESS);
  favourites.value = data.houses.map((house) => ({
    id: house.house_id,
    title: house.title,
    picture: house.img_url,
    price: house.price,
    gone: house.published === false,
  }));
}

/** Those of who is logged in; of nobody, those of the device. A failure leaves what is shown as it is. */
function loadFavourites(): Promise<void> {
  if (!me.value) return Promise.resolve();
  loading ??= moveIn()
    .catch(() => {})
    .finally(() => (loading = undefined));
  return loading;
}

watch(
  () => me.value?.user_id,
  (now, before) => {
    if (now !== undefined) void loadFavourites();
    else if (before !== undefined) favourites.value = onDevice();
  },
  { immediate: true },
);

/** Houses whose state is being told to the server: one request at a time for each, so that the last tap wins. */
const telling = new Set<number>();

/** Shown immediately; when the server refuses, back to what it was, with the reason. */
export async function toggleFavourite(house: Favourite): Promise<void> {
  let was = isFavourite(house.id);
  const wanted = !was;
  show(house, wanted);
  if (me.value && loading) {
    // What the account had before this tap is still on its way, and may not undo it.
    await loading;
    was = isFavourite(house.id);
    show(house, wanted);
    if (was === wanted) return;
  }
  if (!me.value) {
    favourites.value = favourites.value.slice(0, MOST_ON_DEVICE);
    keep('favourites', favourites.value);
    return;
  }
  if (telling.has(house.id)) return;
  telling.add(house.id);
  let there = was;
  try {
    while (isFavourite(house.id) !== there) {
      const wanted = isFavourite(house.id);
      await send(wanted ? 'PUT' : 'DELETE', `${ADDRESS}/${house.id}`);
      there = wanted;
    }
  } catch (problem) {
    show(house, there);
    if (!(problem instanceof ApiError && problem.errno === 'cancelled')) say(inWords(problem));
  } finally {
    telling.delete(house.id);
  }
}

function show(house: Favourite, marked: boolean): void {
  const others = favourites.value.filter((other) => other.id !== house.id);
  favourites.value = marked ? [house, ...others] : others;
}
