package ihome.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The listings of a file, for those who want them all in memory. */
public final class ListingFile {
    private ListingFile() {}

    /**
     * Reads them as the import does, but leaves out bad rows without a word.
     *
     * @param now when a listing came that the file does not tell of
     * @throws UnusableFile a required column is missing, no row is good, or the text is not UTF-8
     * @throws UncheckedIOException it cannot be read
     */
    public static List<Listing> read(InputStream csv, ImportOptions options, Instant now) {
        List<Listing> listings = new ArrayList<>();
        try {
            byte[] bytes = ListingText.inflated(csv).readAllBytes();
            ListingText.requireUtf8(new ByteArrayInputStream(bytes));
            CsvRows rows = new CsvRows(ListingText.reader(new ByteArrayInputStream(bytes)));
            CsvRow first = rows.next();
            if (first != null) {
                ListingReader read = new ListingReader(new Header(first.fields()), Places.OF_THE_SAMPLE, options, now);
                for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                    addGood(read, row, listings);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (listings.isEmpty()) {
            throw new UnusableFile("the file holds no listing");
        }
        return listings;
    }

    private static void addGood(ListingReader read, CsvRow row, List<Listing> listings) {
        if (row.isBad()) {
            return;
        }
        try {
            listings.add(read.read(row.fields(), _ -> {}));
        } catch (BadValue e) {
            // The import reports them; here there are enough others.
        }
    }
}
