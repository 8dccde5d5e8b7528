/** A city as a sketch around its centre: enough to tell how far out a house lies; no map to find the way with. */
import { CENTRE, LANDMARKS, RINGS } from './beijing';
import { type City, site } from './site';

export interface Place {
  latitude: number;
  longitude: number;
}

/** What is drawn, in both languages. */
export interface Named {
  zh: string;
  en: string;
}

export interface Sketch {
  centre: Place;
  /** South, west, north, east. */
  rings: (Named & { bounds: [number, number, number, number] })[];
  /** The centre first. */
  landmarks: (Place & Named)[];
}

/** A city with its centre so near that of a known sketch is that city. */
const SAME_KM = 5;
const KM_A_DEGREE = 111.2;

/** The sketch that a place lies in: that of the nearest city. */
export function sketchAt(place: Place): Sketch {
  const [city] = [...site().cities].sort((one, other) => kilometres(one, place) - kilometres(other, place));
  return !city || kilometres(city, CENTRE) < SAME_KM
    ? { centre: CENTRE, rings: RINGS, landmarks: LANDMARKS }
    : plain(city);
}

const plain = (city: City): Sketch => ({
  centre: city,
  rings: [],
  landmarks: [{ latitude: city.latitude, longitude: city.longitude, zh: city.name, en: city.name_en }],
});

/** Kilometres east and north of a centre; flat, which is right to a hundredth within a hundred kilometres. */
export const flat = ({ latitude, longitude }: Place, centre: Place): [number, number] => [
  (longitude - centre.longitude) * KM_A_DEGREE * Math.cos((centre.latitude * Math.PI) / 180),
  (latitude - centre.latitude) * KM_A_DEGREE,
];

/** As the crow flies. */
export function kilometres(from: Place, to: Place): number {
  return Math.hypot(...flat(from, to));
}
