package ihome.platform.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How the migrations of a database compare with those that this program brings. Flyway takes a fifth of a start to find that
 * out, and says nothing of a schema that is newer than the program.
 */
final class AppliedMigrations {
    /** A row of Flyway's history, or a file as it would stand there. */
    private record Migration(
            @Nullable String version,
            @Nullable String script,
            @Nullable String type,
            long checksum,
            boolean success) {}

    /** How a database's schema compares with this program's. */
    enum State {
        /** Nobody has migrated this database yet. */
        NONE,
        /** Just the migrations of this program, none of them altered: there is nothing to do. */
        CURRENT,
        /** Some are missing, and there is none that this program does not know. */
        OLDER,
        /** It has a migration that this program does not know: a newer program has been here. */
        NEWER,
        /** The same migrations, but altered or failed. What is wrong, and what to do, is Flyway's word. */
        OTHER
    }

    /** @param latest the highest version that is applied, "0" when none is */
    record Found(State state, String latest) {}

    private AppliedMigrations() {}

    /**
     * Compares; changes nothing.
     *
     * @param folder of the class path
     */
    static Found in(Handle handle, String folder) {
        if (handle.createQuery("select to_regclass('flyway_schema_history') is null")
                .mapTo(boolean.class)
                .one()) {
            return new Found(State.NONE, "0");
        }
        Set<Migration> brought = brought(folder);
        List<Migration> applied = handle.createQuery(
                        "select version, script, type, checksum, success from flyway_schema_history order by installed_rank")
                .map((row, _) -> new Migration(
                        row.getString("version"),
                        row.getString("script"),
                        row.getString("type"),
                        row.getLong("checksum"),
                        row.getBoolean("success")))
                .list();
        String latest = applied.stream()
                .map(Migration::version)
                .filter(Objects::nonNull)
                .map(MigrationVersion::fromVersion)
                .max(Comparator.naturalOrder())
                .map(MigrationVersion::getVersion)
                .orElse("0");
        return new Found(compare(brought, applied), latest);
    }

    private static State compare(Set<Migration> brought, List<Migration> applied) {
        if (applied.size() == brought.size() && brought.equals(Set.copyOf(applied))) {
            return State.CURRENT;
        }
        Set<String> known = versions(brought);
        Set<String> present = versions(applied);
        if (!known.containsAll(present)) {
            return State.NEWER;
        }
        return present.containsAll(known) ? State.OTHER : State.OLDER;
    }

    private static Set<String> versions(Collection<Migration> migrations) {
        return migrations.stream()
                .map(Migration::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The highest version that this program brings. */
    static String latest(String folder) {
        return versions(brought(folder)).stream()
                .map(MigrationVersion::fromVersion)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .getVersion();
    }

    private static Set<Migration> brought(String folder) {
        try {
            Set<Migration> brought = new HashSet<>();
            for (String name : filesIn(folder)) {
                brought.add(new Migration(versionOf(name), name, "SQL", checksum(folder + "/" + name), true));
            }
            return brought;
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own migrations cannot be read", e);
        }
    }

    /** Of {@code V12__what.sql}: 12. */
    private static String versionOf(String script) {
        return script.substring(1, script.indexOf("__"));
    }

    private static Set<String> filesIn(String folder) throws IOException {
        URL place = AppliedMigrations.class.getResource("/" + folder);
        if (place == null) {
            throw new IOException("no folder " + folder);
        }
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder + "/") && !name.endsWith("/"))
                    .map(name -> name.substring(folder.length() + 1))
                    .collect(Collectors.toSet());
        }
        try (Stream<Path> files = Files.list(Path.of(URI.create(place.toString())))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** As Flyway computes it: over the lines without their ends. */
    private static long checksum(String resource) throws IOException {
        try (InputStream in = AppliedMigrations.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IOException("no file " + resource);
            }
            CRC32 checksum = new CRC32();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return (int) checksum.getValue();
        }
    }
}
