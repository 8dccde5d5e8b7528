package ihome.importing;

import java.time.ZoneId;

/**
 * How to import.
 *
 * @param pictures whether new houses get placeholder pictures
 * @param zone the site's zone, in which the file's dates are read
 * @param source where the listings come from: with their ids behind it, the external ids of hosts and houses
 */
public record ImportOptions(boolean pictures, ZoneId zone, String source) {
    /** Of listings in the layout of Inside Airbnb. */
    public static final String AIRBNB = "airbnb";

    /** With pictures, in Beijing's time. */
    public static final ImportOptions DEFAULT = new ImportOptions(true, ZoneId.of("Asia/Shanghai"), AIRBNB);

    public ImportOptions withoutPictures() {
        return new ImportOptions(false, zone, source);
    }
}
