/**
 * Beijing as a sketch: ring roads as rounded rectangles around their real extent, and places that everybody knows, in
 * degrees. Enough to tell how far out a house lies; no map to find the way with.
 */
import { type Key } from '@/i18n';

interface Place {
  latitude: number;
  longitude: number;
}

export const CENTRE: Place = { latitude: 39.9087, longitude: 116.3975 };

/** South, west, north, east. */
export const RINGS: { key: Key; bounds: [number, number, number, number] }[] = [
  { key: 'map.ring2', bounds: [39.87, 116.346, 39.949, 116.434] },
  { key: 'map.ring3', bounds: [39.857, 116.31, 39.967, 116.461] },
  { key: 'map.ring4', bounds: [39.832, 116.27, 39.989, 116.489] },
  { key: 'map.ring5', bounds: [39.763, 116.209, 40.022, 116.548] },
  { key: 'map.ring6', bounds: [39.69, 116.05, 40.16, 116.72] },
];

export const LANDMARKS: (Place & { key: Key })[] = [
  { key: 'map.tiananmen', ...CENTRE },
  { key: 'map.capitalAirport', latitude: 40.0799, longitude: 116.6031 },
  { key: 'map.daxingAirport', latitude: 39.5098, longitude: 116.4105 },
  { key: 'map.southStation', latitude: 39.8652, longitude: 116.3786 },
  { key: 'map.westStation', latitude: 39.8949, longitude: 116.3218 },
  { key: 'map.summerPalace', latitude: 39.9999, longitude: 116.2755 },
  { key: 'map.sanlitun', latitude: 39.9374, longitude: 116.4551 },
  { key: 'map.badaling', latitude: 40.3541, longitude: 116.0078 },
  { key: 'map.mutianyu', latitude: 40.4319, longitude: 116.5704 },
];

const KM_A_DEGREE = 111.2;
const EAST = Math.cos((CENTRE.latitude * Math.PI) / 180);

/** Kilometres east and north of the centre; flat, which is right to a hundredth within a hundred kilometres. */
export const flat = ({ latitude, longitude }: Place): [number, number] => [
  (longitude - CENTRE.longitude) * KM_A_DEGREE * EAST,
  (latitude - CENTRE.latitude) * KM_A_DEGREE,
];

/** As the crow flies. */
export function kilometres(from: Place, to: Place): number {
  const [x1, y1] = flat(from);
  const [x2, y2] = flat(to);
  return Math.hypot(x2 - x1, y2 - y1);
}
