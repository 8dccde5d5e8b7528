package ihome.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Imports listings from a CSV file: hosts become accounts without a mobile, listings become houses of their districts.
 *
 * <p>{@value #BATCH} rows are stored together, whole or not at all; a batch is visible to a running server as soon as
 * it is stored, and its pictures are in the sink before that. An import that was stopped half-way is finished by
 * running it again. A house or host that is there already, by its external id, is left as it is.
 */
public final class ListingImport {
    static final int BATCH = 2_000;

    private final DataSource database;
    private final PictureSink sink;
    private final Clock clock;
    private final ImportOptions options;

    public ListingImport(DataSource database, PictureSink sink, Clock clock, ImportOptions options) {
        this.database = database;
        this.sink = sink;
        this.clock = clock;
        this.options = options;
    }

    /**
     * Reads the file to its end and stores what can be stored. Uses one connection.
     *
     * @throws UnusableFile a required column is missing (nothing is stored), or the file cannot be read on (whole
     *     batches before that place are stored)
     * @throws UncheckedIOException the file cannot be opened or read
     * @throws SQLException the database failed; batches before that are stored
     * @throws InterruptedException the thread was interrupted while pictures were drawn; as above
     */
    public ImportSummary run(Path csv, Progress progress) throws SQLException, InterruptedException {
        try (CountedInput input = new CountedInput(Files.newInputStream(csv));
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .detectBomHeader(true)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(input);
                Connection connection = database.getConnection()) {
            progress.start(Files.size(csv));
            return new Run(connection, input, progress).through(reader);
        } catch (CsvParseException e) {
            throw new UnusableFile("cannot read on: " + rootMessage(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    /** One import: what was read and stored so far. */
    private final class Run {
        private static final int REPORTED = ImportSummary.LISTED;

        private final Connection connection;
        private final CountedInput input;
        private final Progress progress;
        private final PlaceholderPictures pictures = new PlaceholderPictures(sink);
        private final Map<String, Listing> batch = new LinkedHashMap<>();
        private final List<SkippedRow> firstSkipped = new ArrayList<>();
        private final long start = System.nanoTime();
        private long read;
        private long skipped;
        private long houses;
        private long hosts;

        Run(Connection connection, CountedInput input, Progress progress) {
            this.connection = connection;
            this.input = input;
            this.progress = progress;
        }

        ImportSummary through(CsvReader<CsvRecord> reader) throws SQLException, InterruptedException {
            Iterator<CsvRecord> rows = reader.iterator();
            if (!rows.hasNext()) {
                throw new UnusableFile("the file is empty");
            }
            Header header = new Header(rows.next().getFields());
            ListingReader listings = new ListingReader(header, options, clock.instant());
            connection.setAutoCommit(false);
            while (rows.hasNext()) {
                take(rows.next(), header, listings);
                if (batch.size() == BATCH) {
                    store();
                }
                progress.at(input.count(), read);
            }
            store();
            connection.setAutoCommit(true);
            if (houses > 0) {
                ImportStore.analyze(connection);
            }
            progress.finish(read);
            return summary();
        }

        private void take(CsvRecord row, Header header, ListingReader listings) {
            read++;
            try {
                Listing listing = listings.read(row.getFields());
                batch.putIfAbsent(listing.roomId(), listing);
            } catch (BadValue e) {
                skipped++;
                if (firstSkipped.size() < REPORTED) {
                    SkippedRow bad = new SkippedRow(
                            row.getStartingLineNumber(),
                            header.name(e.column()),
                            header.field(e.column(), row.getFields()),
                            e.reason());
                    firstSkipped.add(bad);
                    progress.note("skipped " + bad);
                } else if (skipped == REPORTED + 1) {
                    progress.note("skipped more than " + REPORTED + " rows; the rest is only counted");
                }
            }
        }

        private void store() throws SQLException, InterruptedException {
            if (batch.isEmpty()) {
                return;
            }
            boolean stored = false;
            try {
                ImportStore.Added added = ImportStore.add(connection, batch.values());
                pictures.require(added.pictures());
                connection.commit();
                stored = true;
                houses += added.houses();
                hosts += added.hosts();
                batch.clear();
            } finally {
                if (!stored) {
                    connection.rollback();
                }
            }
        }

        private ImportSummary summary() {
            return new ImportSummary(
                    read,
                    houses,
                    read - skipped - houses,
                    skipped,
                    hosts,
                    pictures.count(),
                    Duration.ofNanos(System.nanoTime() - start),
                    List.copyOf(firstSkipped));
        }
    }
}
