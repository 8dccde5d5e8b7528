package ihome.importing;

/** What a house looks out on. */
enum Surroundings {
    OLD_CITY,
    CITY,
    HILLS
}
