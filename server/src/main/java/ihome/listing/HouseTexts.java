package ihome.listing;

/**
 * What a host tells everybody about a house, in words.
 *
 * @param description empty: none
 * @param rules house rules; empty: none
 */
record HouseTexts(String description, String rules) {}
