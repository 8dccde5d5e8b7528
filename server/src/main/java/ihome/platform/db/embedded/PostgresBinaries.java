package ihome.platform.db.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for a user and version and shared by all data folders.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
    /** The version of the data folders; to raise it takes a way to upgrade those that exist. */
    static final int MAJOR = 18;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String UNPACKING = "unpacking-";
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** The programs for a data folder: from the user's cache, else, or where the account differs, within it. */
    static PostgresBinaries of(DataFolder folder, ServerAccount account) throws IOException {
        Path cache = account.owner() == null ? userCache() : null;
        if (cache != null) {
            return unpackedIn(cache);
        }
        Path own = Files.createDirectories(folder.home().resolve("bin"));
        account.own(own);
        return unpackedIn(own);
    }

    /** The programs in a folder below an existing {@code parent}, unpacked there if need be; safe beside other processes. */
    static PostgresBinaries unpackedIn(Path parent) throws IOException {
        URL archive = archive();
        Path folder = parent.resolve(folderName(archive));
        if (!Files.isDirectory(folder)) {
            removeAbandoned(parent);
            Path temporary = Files.createTempDirectory(parent, UNPACKING);
            try {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(archive, temporary);
                checkRuns(temporary);
                moveIntoPlace(temporary, folder);
            } finally {
                deleteTree(temporary);
            }
        }
        PostgresBinaries binaries = new PostgresBinaries(folder);
        for (String name : List.of("postgres", "initdb")) {
            if (!Files.isExecutable(Path.of(binaries.program(name)))) {
                throw new DatabaseNotStarted("PostgreSQL's programs in " + folder
                        + " are damaged: delete that folder, which holds no data, and they are unpacked anew");
            }
        }
        return binaries;
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** What a process that was killed while unpacking left; one that still unpacks is not so old. */
    private static void removeAbandoned(Path parent) throws IOException {
        List<Path> unfinished;
        try (Stream<Path> entries = Files.list(parent)) {
            unfinished = entries.filter(path -> path.getFileName().toString().startsWith(UNPACKING))
                    .toList();
        }
        for (Path folder : unfinished) {
            try {
                if (Files.getLastModifiedTime(folder)
                        .toInstant()
                        .isBefore(Instant.now().minus(ABANDONED))) {
                    deleteTree(folder);
                }
            } catch (IOException e) {
                LOG.info("left {} where it is: {}", folder, e.getMessage());
            }
        }
    }

    private static void moveIntoPlace(Path temporary, Path folder) throws IOException {
        try {
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was faster, and what it unpacked is the same.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static @Nullable Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty()
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home", "/nonexistent"), ".cache");
        try {
            Path cache = Files.createDirectories(base.resolve("ihome").resolve("postgresql"))
                    .toRealPath();
            // Programs that another user could replace are not for us to run.
            return DataFolder.owner(cache, "uid") == new UnixSystem().getUid() ? cache : null;
        } catch (IOException e) {
            return null; // users without a home, such as nobody
        }
    }

    private static URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        List<String> machines = switch (System.getProperty("os.arch")) {
            case "aarch64" -> List.of("arm_64", "arm64v8");
            default -> List.of("x86_64");
        };
        for (String machine : machines) {
            URL found = PostgresBinaries.class.getResource("/postgres-" + system + "-" + machine + ".txz");
            if (found != null) {
                return found;
            }
        }
        throw new DatabaseNotStarted("this build brings no PostgreSQL for " + system + " " + machines.getFirst()
                + ": build on this machine, or set IHOME_DATABASE_URL");
    }

    /** Names what is inside: the archive's checksum, which the jar's directory holds already. */
    private static String folderName(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        long checksum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : Files.size(Path.of(URI.create(archive.toString())));
        String name = archive.getPath().replaceFirst(".*/", "").replace(".txz", "");
        return name + "-" + Long.toHexString(checksum);
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream in = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.resolve("..").normalize());
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static void checkRuns(Path folder) throws IOException {
        Process process = new ProcessBuilder(folder.resolve("bin/postgres").toString(), "-V")
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!answer.startsWith("postgres (PostgreSQL) " + MAJOR + ".")) {
            throw new DatabaseNotStarted("PostgreSQL " + MAJOR + " does not run on this machine ("
                    + answer.replaceAll("\\s*\n\\s*", "; ") + "): set IHOME_DATABASE_URL to a server of your own");
        }
    }

    /** Removes a temporary file or folder of our own making; one that is gone already is fine. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot remove " + folder, e); // the walk's way to say that something vanished
        }
    }
}
