package ihome.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The listings of a file, for those who want them all in memory. */
public final class ListingFile {
    private ListingFile() {}

    /**
     * Reads them as the import does, but leaves out bad rows without a word.
     *
     * @param now when a listing came that the file does not tell of
     * @throws UnusableFile a required column is missing, no row is good, or the text is no CSV
     * @throws UncheckedIOException it cannot be read
     */
    public static List<Listing> read(InputStream csv, ImportOptions options, Instant now) {
        List<Listing> listings = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(csv)) {
            Iterator<CsvRecord> rows = reader.iterator();
            if (rows.hasNext()) {
                ListingReader read = new ListingReader(new Header(rows.next().getFields()), options, now);
                while (rows.hasNext()) {
                    addGood(read, rows.next().getFields(), listings);
                }
            }
        } catch (CsvParseException e) {
            throw new UnusableFile("cannot read on: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (listings.isEmpty()) {
            throw new UnusableFile("the file holds no listing");
        }
        return listings;
    }

    private static void addGood(ListingReader read, List<String> row, List<Listing> listings) {
        try {
            listings.add(read.read(row));
        } catch (BadValue e) {
            // The import reports them; here there are enough others.
        }
    }
}
