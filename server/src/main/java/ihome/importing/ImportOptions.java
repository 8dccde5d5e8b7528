package ihome.importing;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How to import.
 *
 * @param pictures whether new houses get placeholder pictures
 * @param zone the site's zone, in which the file's dates are read
 * @param city the id of the city that the file is of: neighbourhoods that are no areas of it yet become areas. Null: the
 *     site's first city, and rows of other places are left out
 * @param source where the listings come from: with their ids behind it, the external ids of hosts and houses
 */
public record ImportOptions(
        boolean pictures, ZoneId zone, @Nullable Integer city, String source) {
    /** Of listings in the layout of Inside Airbnb. */
    public static final String AIRBNB = "airbnb";

    /** With pictures, in the time of the default site. */
    public static final ImportOptions DEFAULT = new ImportOptions(true, ZoneId.of("Asia/Shanghai"), null, AIRBNB);

    public ImportOptions withoutPictures() {
        return new ImportOptions(false, zone, city, source);
    }
}
