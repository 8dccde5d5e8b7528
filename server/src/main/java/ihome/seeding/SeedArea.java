package ihome.seeding;

/**
 * An area of the site.
 *
 * @param address of a house there of which no more is known
 * @param latitude of the centre of its city, in degrees
 */
record SeedArea(int id, String name, String address, double latitude, double longitude) {}
