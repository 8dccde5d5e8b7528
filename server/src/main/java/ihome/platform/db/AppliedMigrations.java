package ihome.platform.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database has just the migrations that this program brings, none of them altered. Flyway takes a fifth of a start
 * to find that out, so it is only asked when the answer here is no: what is wrong, and what to do, is its word alone.
 */
final class AppliedMigrations {
    /** A row of Flyway's history, or a file as it would stand there. */
    private record Migration(
            @Nullable String script, @Nullable String type, long checksum, boolean success) {}

    private AppliedMigrations() {}

    /**
     * True when Flyway would have nothing to do and nothing to say; false also when that cannot be found out.
     *
     * @param folder of the class path
     */
    static boolean areAllOfThisProgram(Database database, String folder) {
        try {
            Set<Migration> brought = new HashSet<>();
            for (String name : filesIn(folder)) {
                brought.add(new Migration(name, "SQL", checksum(folder + "/" + name), true));
            }
            List<Migration> applied = database.withConnection(
                    handle -> handle.createQuery("select script, type, checksum, success from flyway_schema_history")
                            .map((row, _) -> new Migration(
                                    row.getString("script"),
                                    row.getString("type"),
                                    row.getLong("checksum"),
                                    row.getBoolean("success")))
                            .list());
            return applied.size() == brought.size() && brought.equals(Set.copyOf(applied));
        } catch (JdbiException | IOException e) {
            return false; // a new database has no history; whatever else it is, Flyway meets it too
        }
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
