/** Lists that the server answers in pages. */
import { call, type Data } from './api';

type OwnHouses = Data<'getOwnHouses'>['houses'];

/** All houses of one's own: the site bounds how many these can be. */
export async function ownHouses(): Promise<OwnHouses> {
  let part = await call('getOwnHouses');
  const houses = [...part.houses];
  while (part.next) {
    part = await call('getOwnHouses', { query: { before: part.next, limit: 100 } });
    houses.push(...part.houses);
  }
  return houses;
}

/** The next nights of all houses of one's own, from the same day on. */
export async function ownNights(): Promise<Data<'getOccupancy'>> {
  let part = await call('getOccupancy');
  const all = { ...part, houses: [...part.houses] };
  while (part.next) {
    part = await call('getOccupancy', { query: { before: part.next, limit: 100 } });
    all.houses.push(...part.houses);
  }
  return all;
}
