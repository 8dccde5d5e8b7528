package ihome.importing;

import java.time.ZoneId;

/**
 * How to import.
 *
 * @param pictures whether new houses get placeholder pictures
 * @param zone the site's zone, in which the file's dates are read
 */
public record ImportOptions(boolean pictures, ZoneId zone) {
    /** With pictures, in Beijing's time. */
    public static final ImportOptions DEFAULT = new ImportOptions(true, ZoneId.of("Asia/Shanghai"));

    public ImportOptions withoutPictures() {
        return new ImportOptions(false, zone);
    }
}
