package ihome.backup;

import ihome.photo.PictureLibrary;
import ihome.platform.blob.BlobStore;
import ihome.platform.config.Secret;
import ihome.platform.db.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Brings a backup back, into a database that nobody has used and a data folder without other keys. All tables come in one
 * transaction: when something fails, restoring can be begun again.
 */
public final class Restore {
    private final Path file;
    private final Optional<Secret> key;
    private final Consumer<String> progress;

    /** @param progress is told a line of what is being done */
    public Restore(Path file, Optional<Secret> key, Consumer<String> progress) {
        this.file = file;
        this.key = key;
        this.progress = progress;
    }

    /**
     * What was found, or brought back.
     *
     * @param keys names of the key files that came with it
     */
    public record Summary(String created, int tables, long rows, int pictures, List<String> keys) {}

    /** Reads the whole file and changes nothing; fails with {@link BackupUnusable} when anything is not as it was written. */
    public Summary verify() throws IOException {
        progress.accept("reading " + file);
        try (BackupReader reader = new BackupReader(file, key)) {
            return summary(reader.verify(_ -> {}));
        }
    }

    /** Puts the key files into the data folder; fails with {@link BackupUnusable} when another one of that name is there. */
    public void keys(Path dataFolder) throws IOException {
        try (BackupReader reader = new BackupReader(file, key)) {
            for (String name : named(reader.manifest(), Backup.KEYS)) {
                byte[] bytes = bytes(reader, Backup.KEYS + name);
                Path target = dataFolder.resolve(Path.of(name).getFileName().toString());
                if (Files.exists(target)) {
                    if (!Arrays.equals(Files.readAllBytes(target), bytes)) {
                        throw new BackupUnusable(target + " is another key than the backup's: move it away first");
                    }
                    continue;
                }
                Files.createFile(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(target, bytes);
            }
        }
    }

    /** Fills the database and the store of pictures. */
    public Summary run(Database database, BlobStore pictures) throws IOException {
        try (BackupReader reader = new BackupReader(file, key)) {
            Manifest manifest = reader.manifest();
            if (database.withConnection(tx -> TableStore.hasSchema(tx) && TableStore.isInUse(tx))) {
                throw new BackupUnusable(
                        "this database holds a site already: a backup is only brought back into an empty"
                                + " one (another --data folder, or another database)");
            }
            database.schema().migrateTo(manifest.schema());
            database.inLongTransaction(tx -> {
                fill(tx, reader, manifest);
                return null;
            });
            database.schema().migrate();
            for (String name : named(manifest, Backup.PICTURES)) {
                pictures.put(name, bytes(reader, Backup.PICTURES + name), PictureLibrary.CONTENT_TYPE);
            }
            return summary(manifest);
        }
    }

    private void fill(Handle tx, BackupReader reader, Manifest manifest) throws IOException {
        TableStore.begin(tx);
        List<String> names =
                manifest.tables().stream().map(Manifest.Table::name).toList();
        List<String> present = TableStore.tables(tx);
        if (!present.containsAll(names)) {
            throw new BackupUnusable(
                    "the backup has tables that this version does not know: use the version that made it");
        }
        TableStore.clear(tx, present);
        for (Manifest.Table table : manifest.tables()) {
            progress.accept("table " + table.name());
            long rows = 0;
            for (String part : table.parts()) {
                try (InputStream in = reader.entry(part)) {
                    rows += TableStore.copyIn(tx, table.name(), table.columns(), in);
                } catch (SQLException e) {
                    throw new BackupUnusable("the table " + table.name() + " does not fit: " + e.getMessage());
                }
            }
            if (rows != table.rows()) {
                throw new BackupUnusable(
                        "the table " + table.name() + " should have " + table.rows() + " rows, not " + rows);
            }
        }
        if (!TableStore.sequenceNames(tx).containsAll(manifest.sequences().keySet())) {
            throw new BackupUnusable("the backup has sequences that this version does not know");
        }
        manifest.sequences().forEach((name, value) -> TableStore.setSequence(tx, name, value));
    }

    private static Summary summary(Manifest manifest) {
        return new Summary(
                manifest.created(),
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(Manifest.Table::rows).sum(),
                named(manifest, Backup.PICTURES).size(),
                named(manifest, Backup.KEYS));
    }

    private static List<String> named(Manifest manifest, String folder) {
        List<String> names = new ArrayList<>();
        for (String name : manifest.entries().keySet()) {
            if (name.startsWith(folder)) {
                names.add(name.substring(folder.length()));
            }
        }
        return names;
    }

    private static byte[] bytes(BackupReader reader, String name) throws IOException {
        try (InputStream in = reader.entry(name)) {
            return in.readAllBytes();
        }
    }
}
