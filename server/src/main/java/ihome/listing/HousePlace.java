package ihome.listing;

/** Where a house lies: its area, and the city of the area. On the wire a part of {@code full house}. */
record HousePlace(int cityId, int areaId, String areaName) {}
