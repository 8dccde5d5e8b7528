package ihome.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Imports listings from a CSV file: hosts become accounts without a mobile, listings become houses of their areas.
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
     * @throws UnusableFile the file is not UTF-8, a required column is missing, or there is no such city; nothing is stored
     * @throws UncheckedIOException the file cannot be opened or read
     * @throws SQLException the database failed; batches before that are stored
     */
    public ImportSummary run(Path csv, Progress progress) throws SQLException {
        try {
            return run(() -> Files.newInputStream(csv), Files.size(csv), progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #run(Path, Progress)}, of a file that is in memory. */
    public ImportSummary run(byte[] csv, Progress progress) throws SQLException {
        try {
            return run(() -> new ByteArrayInputStream(csv), csv.length, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is read twice. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private ImportSummary run(Source csv, long size, Progress progress) throws IOException, SQLException {
        try (InputStream bytes = ListingText.inflated(csv.open())) {
            ListingText.requireUtf8(bytes);
        }
        try (CountedInput input = new CountedInput(csv.open());
                Reader text = ListingText.reader(ListingText.inflated(input));
                Connection connection = database.getConnection()) {
            progress.start(size);
            return new Run(connection, input, progress).through(new CsvRows(text));
        }
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
        private int cityId;
        private long read;
        private long skipped;
        private long ignored;
        private long houses;
        private long hosts;

        Run(Connection connection, CountedInput input, Progress progress) {
            this.connection = connection;
            this.input = input;
            this.progress = progress;
        }

        ImportSummary through(CsvRows rows) throws IOException, SQLException {
            CsvRow first = rows.next();
            if (first == null) {
                throw new UnusableFile("the file is empty");
            }
            Header header = new Header(first.fields());
            ImportStore.City city = ImportStore.city(connection, options.city());
            ListingReader listings = new ListingReader(header, city.places(), options, clock.instant());
            cityId = city.id();
            connection.setAutoCommit(false);
            for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                take(row, header, listings);
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

        private void take(CsvRow row, Header header, ListingReader listings) {
            read++;
            if (row.isBad()) {
                skip(new SkippedRow(row.line(), header.name(Column.ROOM_ID), row.start(), row.problem()));
                return;
            }
            try {
                Listing listing = listings.read(row.fields(), bad -> ignore(of(row, header, bad)));
                batch.putIfAbsent(listing.roomId(), listing);
            } catch (BadValue e) {
                skip(of(row, header, e));
            }
        }

        private static SkippedRow of(CsvRow row, Header header, BadValue bad) {
            return new SkippedRow(
                    row.line(), header.name(bad.column()), header.field(bad.column(), row.fields()), bad.reason());
        }

        private void skip(SkippedRow bad) {
            skipped++;
            if (firstSkipped.size() < REPORTED) {
                firstSkipped.add(bad);
                progress.note("skipped " + bad);
            } else if (skipped == REPORTED + 1) {
                progress.note("skipped more than " + REPORTED + " rows; the rest is only counted");
            }
        }

        private void ignore(SkippedRow bad) {
            ignored++;
            if (ignored <= REPORTED) {
                progress.note("taken as not told, " + bad);
            }
        }

        private void store() throws SQLException {
            if (batch.isEmpty()) {
                return;
            }
            boolean stored = false;
            try {
                ImportStore.Added added = ImportStore.add(connection, options.source(), cityId, batch.values());
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
                    ignored,
                    hosts,
                    pictures.count(),
                    Duration.ofNanos(System.nanoTime() - start),
                    List.copyOf(firstSkipped));
        }
    }
}
