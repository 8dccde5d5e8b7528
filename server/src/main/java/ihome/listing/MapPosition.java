package ihome.listing;

/**
 * Where a house is.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
record MapPosition(double latitude, double longitude) {}
