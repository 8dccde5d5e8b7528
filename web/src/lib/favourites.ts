/** Houses that this device keeps as favourites: enough of each to show it without asking. */
import { ref } from 'vue';
import { keep, kept } from './keep';

export interface Favourite {
  id: number;
  title: string;
  picture: string;
  price: number;
}

const MOST = 100;
export const favourites = ref<Favourite[]>(kept<Favourite[]>('favourites') ?? []);

export const isFavourite = (id: number): boolean => favourites.value.some((house) => house.id === id);

export function toggleFavourite(house: Favourite): void {
  favourites.value = isFavourite(house.id)
    ? favourites.value.filter((other) => other.id !== house.id)
    : [house, ...favourites.value].slice(0, MOST);
  keep('favourites', favourites.value);
}
