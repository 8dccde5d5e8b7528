package ihome.topics;

import ihome.platform.change.Topic;

/** The topics of the site. A use case appends every one that its change touches. */
public final class Topics {
    public static final String HOUSE = "house";
    public static final String OWNER = "owner";
    public static final String NIGHTS = "nights";

    /** The districts, and how many houses are published in each. */
    public static final Topic AREAS = new Topic("areas", 0);

    /**
     * Whatever a list of houses shows or is chosen and ordered by: publishing, main image, avatar, nights, prices,
     * orders.
     */
    public static final Topic LISTS = new Topic("lists", 0);

    private Topics() {}

    /** What a house's own page shows, comments too, and what its nights cost. */
    public static Topic house(long id) {
        return new Topic(HOUSE, id);
    }

    /** Which nights of a house are taken. */
    public static Topic nights(long house) {
        return new Topic(NIGHTS, house);
    }

    /** An account's public name and avatar, which its houses show. */
    public static Topic owner(long id) {
        return new Topic(OWNER, id);
    }
}
