package ihome.importing.scene;

/** What a house looks out on. */
public enum Surroundings {
    OLD_CITY,
    CITY,
    HILLS
}
