package ihome.siteconfig;

import java.util.List;

/**
 * What {@code site.yaml} says.
 *
 * @param settings what it says of itself
 * @param cities the default one first
 * @param facilities those beyond {@link #LAST_USUAL_FACILITY}
 */
public record SiteFile(SiteSettings settings, List<City> cities, List<Facility> facilities) {
    /** The search keeps a row of bits for each; the table has the same bound. */
    public static final int HIGHEST_CITY = 127;

    public static final int HIGHEST_AREA = 9_999;
    public static final int MOST_AREAS = 2_000;
    /** Facilities up to this id mean what existing clients know them as. */
    static final int LAST_USUAL_FACILITY = 23;
    /** The search keeps a house's facilities as bits of a number. */
    public static final int HIGHEST_FACILITY = 63;

    public static final int LONGEST_NAME = 60;
    static final int LONGEST_SLOGAN = 200;
    static final int LONGEST_CURRENCY = 4;
    static final int MOST_PAPERS = 10;
    static final int LONGEST_PAPER = 100;

    public SiteFile {
        cities = List.copyOf(cities);
        facilities = List.copyOf(facilities);
    }

    /**
     * A city.
     *
     * @param latitude of the map's centre, in degrees
     */
    public record City(int id, String name, String nameEnglish, double latitude, double longitude, List<Area> areas) {
        public City {
            areas = List.copyOf(areas);
        }

        /** The same without its areas. */
        City alone() {
            return new City(id, name, nameEnglish, latitude, longitude, List.of());
        }
    }

    /**
     * An area.
     *
     * @param open whether hosts may publish houses there
     * @param papers what they need to have for one, as they read it
     */
    public record Area(int id, String name, String nameEnglish, boolean open, List<String> papers) {
        public Area {
            papers = List.copyOf(papers);
        }
    }

    /** Something that a house has or allows. */
    public record Facility(int id, String name, String nameEnglish) {}
}
