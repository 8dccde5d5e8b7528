package ihome.importing;

import java.time.Duration;
import java.util.List;

/**
 * What an import did. {@code read = added + present + skipped}.
 *
 * @param read rows of the file, without the header
 * @param added new houses
 * @param present rows whose house was there already, from an earlier import or an earlier row
 * @param skipped rows that could not be stored
 * @param ignored values of stored rows that were not understood and taken as not told
 * @param hosts new accounts
 * @param pictures placeholder pictures stored
 * @param firstSkipped the first {@value #LISTED} skipped rows
 */
public record ImportSummary(
        long read,
        long added,
        long present,
        long skipped,
        long ignored,
        long hosts,
        int pictures,
        Duration took,
        List<SkippedRow> firstSkipped) {
    static final int LISTED = 100;

    /** Whether the site has no listing of the file, neither a new one nor one from before. */
    public boolean isEmpty() {
        return added + present == 0;
    }

    /** One line for a person. */
    public String text() {
        double seconds = Math.max(0.001, took.toNanos() / 1e9);
        String doubtful = ignored == 0 ? "" : ", %,d values not understood".formatted(ignored);
        return "%,d rows read: %,d new houses (%,d new hosts, %d placeholder pictures), %,d there already, %,d skipped%s; %.1f s, %,.0f rows/s"
                .formatted(read, added, hosts, pictures, present, skipped, doubtful, seconds, read / seconds);
    }
}
