package ihome.changeevents;

import ihome.platform.change.ChangeKey;

/** The change keys of the site. A use case appends every one that its change touches. */
public final class ChangeKeys {
    public static final String HOUSE = "house";
    public static final String OWNER = "owner";
    public static final String NIGHTS = "nights";

    /** The cities, their areas, and how many houses are published in each. */
    public static final ChangeKey AREAS = new ChangeKey("areas", 0);

    /** What the site says of itself, its cities and areas. */
    public static final ChangeKey SITE = new ChangeKey("site", 0);

    /**
     * Whatever a list of houses shows or is chosen and ordered by: publishing, main image, avatar, nights, prices,
     * orders.
     */
    public static final ChangeKey LISTS = new ChangeKey("lists", 0);

    private ChangeKeys() {}

    /** What a house's own page shows, comments too, and what its nights cost. */
    public static ChangeKey house(long id) {
        return new ChangeKey(HOUSE, id);
    }

    /** Which nights of a house are taken. */
    public static ChangeKey nights(long house) {
        return new ChangeKey(NIGHTS, house);
    }

    /** An account's public name and avatar, which its houses show. */
    public static ChangeKey owner(long id) {
        return new ChangeKey(OWNER, id);
    }
}
