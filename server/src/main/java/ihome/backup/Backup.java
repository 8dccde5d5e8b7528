package ihome.backup;

import ihome.photo.PictureFiles;
import ihome.platform.blob.Blob;
import ihome.platform.blob.BlobStore;
import ihome.platform.config.Secret;
import ihome.platform.db.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes a whole site to one file, beside a running server. */
public final class Backup {
    static final String PICTURES = "pictures/";
    static final String KEYS = "keys/";
    static final String TABLES = "tables/";

    /** A part of a table: far below what a ZIP entry may hold. */
    private static final long PART_BYTES = 256L << 20;

    private final Database database;
    private final Optional<BlobStore> pictures;
    private final Path dataFolder;
    private final Consumer<String> progress;
    private volatile boolean stopped;

    /**
     * @param pictures the store of which the pictures are to be in the backup; empty: none
     * @param dataFolder whose key files go with an encrypted backup
     * @param progress is told a line of what is being done
     */
    public Backup(Database database, Optional<BlobStore> pictures, Path dataFolder, Consumer<String> progress) {
        this.database = database;
        this.pictures = pictures;
        this.dataFolder = dataFolder;
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param missingPictures that accounts or houses name but the store does not hold
     * @param keys names of the key files that are in it
     */
    public record Summary(int tables, long rows, int pictures, int missingPictures, List<String> keys, long bytes) {}

    private record Contents(String schema, List<Manifest.Table> tables, List<String> pictures) {}

    /**
     * Writes the backup, reads it again, and then gives it its name.
     *
     * @param key what it is encrypted with; without one the key files of the data folder stay out of it
     * @throws BackupUnusable if the file is there already, what was written cannot be read, or {@link #stop} was called
     */
    public Summary write(Path file, Optional<Secret> key, Instant now) throws IOException {
        if (Files.exists(file)) {
            throw new BackupUnusable(file + " is there already: a backup never overwrites one");
        }
        // Before the rows and after them: while a key is changed, the rows may be under either.
        Map<String, List<String>> keysBefore = keys();
        try (BackupWriter writer = new BackupWriter(file, key)) {
            Contents contents = writeTables(writer);
            int missing = writePictures(writer, contents.pictures());
            List<String> keys = key.isPresent() ? writeKeys(writer, keysBefore) : List.of();
            Manifest manifest = new Manifest(
                    now.toString(),
                    contents.schema(),
                    contents.tables(),
                    // Read after the snapshot: no row of it is beyond them.
                    database.withConnection(TableStore::sequences),
                    missing,
                    writer.digests());
            writer.entry(Manifest.ENTRY, manifest.toJson());
            Path written = writer.end();
            progress.accept("reading it again");
            try (BackupReader reader = new BackupReader(written, key)) {
                reader.verify(_ -> goOn());
            }
            long bytes = Files.size(written);
            writer.keep();
            return new Summary(
                    contents.tables().size(),
                    manifest.rows(),
                    contents.pictures().size() - missing,
                    missing,
                    keys,
                    bytes);
        }
    }

    /** Gives up the backup that is being written: {@link #write} fails soon, and leaves no file. */
    void stop() {
        stopped = true;
    }

    private void goOn() {
        if (stopped) {
            throw new BackupUnusable("it was stopped");
        }
    }

    private Contents writeTables(BackupWriter writer) throws IOException {
        return database.inLongSnapshot(tx -> {
            TableStore.begin(tx);
            if (!TableStore.hasSchema(tx)) {
                throw new BackupUnusable("this database holds no site: start ./ihome run on it once");
            }
            List<Manifest.Table> tables = new ArrayList<>();
            for (String name : TableStore.tables(tx)) {
                progress.accept("table " + name);
                tables.add(writeTable(tx, name, writer));
            }
            List<String> files = pictures.isPresent() ? PictureFiles.shown(tx) : List.of();
            return new Contents(TableStore.schemaVersion(tx), tables, files);
        });
    }

    private Manifest.Table writeTable(Handle tx, String name, BackupWriter writer) throws IOException {
        List<String> columns = TableStore.columns(tx, name);
        try (Parts parts = new Parts(name, writer, this::goOn)) {
            long rows = TableStore.copyOut(tx, name, columns, parts);
            return new Manifest.Table(name, columns, rows, parts.names);
        } catch (SQLException e) {
            throw new BackupUnusable("cannot read the table " + name + ": " + e.getMessage());
        }
    }

    private int writePictures(BackupWriter writer, List<String> files) throws IOException {
        int missing = 0;
        for (int i = 0; i < files.size(); i++) {
            goOn();
            if (i % 200 == 0) {
                progress.accept("picture " + (i + 1) + " of " + files.size());
            }
            Optional<Blob> blob = pictures.orElseThrow().read(files.get(i));
            if (blob.isPresent()) {
                writer.entry(PICTURES + files.get(i), blob.get().bytes());
            } else {
                missing++;
            }
        }
        return missing;
    }

    private List<String> writeKeys(BackupWriter writer, Map<String, List<String>> before) throws IOException {
        Map<String, List<String>> all = keys();
        before.forEach((name, lines) -> {
            List<String> both = all.computeIfAbsent(name, _ -> new ArrayList<>());
            both.addAll(0, lines.stream().filter(line -> !both.contains(line)).toList());
        });
        for (Map.Entry<String, List<String>> file : all.entrySet()) {
            writer.entry(
                    KEYS + file.getKey(), (String.join("\n", file.getValue()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return List.copyOf(all.keySet());
    }

    /** The lines of each key file. */
    private Map<String, List<String>> keys() throws IOException {
        Map<String, List<String>> lines = new TreeMap<>();
        try (Stream<Path> files = Files.list(dataFolder)) {
            for (Path file : files.filter(Backup::isKey).toList()) {
                lines.put(file.getFileName().toString(), new ArrayList<>(Files.readAllLines(file)));
            }
        }
        return lines;
    }

    private static boolean isKey(Path file) {
        return file.getFileName().toString().endsWith(".key") && Files.isRegularFile(file);
    }

    /** Takes a row a call, as the driver gives them, and begins a new entry when one is full. */
    private static final class Parts extends OutputStream {
        private final String table;
        private final BackupWriter writer;
        private final Runnable goOn;
        private final List<String> names = new ArrayList<>();
        private @Nullable OutputStream part;
        private long bytes;

        Parts(String table, BackupWriter writer, Runnable goOn) {
            this.table = table;
            this.writer = writer;
            this.goOn = goOn;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] row, int offset, int length) throws IOException {
            goOn.run();
            if (part == null || bytes >= PART_BYTES) {
                close();
                String name = String.format(Locale.ROOT, "%s%s-%04d.copy", TABLES, table, names.size() + 1);
                part = writer.entry(name);
                names.add(name);
                bytes = 0;
            }
            part.write(row, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            if (part != null) {
                part.close();
                part = null;
            }
        }
    }
}
