package ihome.platform.db.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the database of a new data folder: beside its final place, whole and on disk before it is renamed there,
 * so that a crash at any moment leaves either nothing or a database that works.
 */
final class NewCluster {
    private static final Logger LOG = LoggerFactory.getLogger(NewCluster.class);
    private static final String UNFINISHED = "data.unfinished-";

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final ServerAccount account;

    NewCluster(DataFolder folder, PostgresBinaries binaries, ServerAccount account) {
        this.folder = folder;
        this.binaries = binaries;
        this.account = account;
    }

    void create(Durability durability) throws IOException, InterruptedException {
        removeUnfinished();
        String password = folder.createPassword();
        if (account.owner() != null) {
            // The other account must reach its folder through ours, which it may pass but not list.
            Files.setPosixFilePermissions(folder.home(), PosixFilePermissions.fromString("rwx--x--x"));
            letPass(folder.root());
        }
        account.checkReaches(folder.home());
        Path unfinished = Files.createTempDirectory(folder.home(), UNFINISHED);
        try {
            fill(unfinished, password);
        } catch (DatabaseNotStarted | IOException e) {
            removeUnfinished();
            throw e;
        }
        if (durability == Durability.FULL) {
            // A thousand files one by one take seconds on a busy disk; Linux can sync the file system at once.
            String method = Files.isDirectory(Path.of("/proc/self")) ? "syncfs" : "fsync";
            run(
                    List.of(
                            binaries.program("initdb"),
                            "--sync-only",
                            "--sync-method=" + method,
                            "-D",
                            unfinished.toString()),
                    "");
        }
        Files.move(unfinished, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
        DataFolder.sync(folder.home());
    }

    private static void letPass(Path path) throws IOException {
        Set<PosixFilePermission> rights = new HashSet<>(Files.getPosixFilePermissions(path));
        if (rights.add(PosixFilePermission.OTHERS_EXECUTE) && DataFolder.owner(path, "uid") == 0) {
            Files.setPosixFilePermissions(path, rights);
        }
    }

    private void fill(Path unfinished, String password) throws IOException, InterruptedException {
        account.own(unfinished);
        Path passwordFile = folder.home().resolve(unfinished.getFileName() + ".password");
        DataFolder.writePrivate(passwordFile, password + "\n");
        account.own(passwordFile);
        try {
            initialise(unfinished, passwordFile);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        createRoleAndDatabase(unfinished, password);
    }

    private void initialise(Path cluster, Path passwordFile) throws IOException, InterruptedException {
        run(
                List.of(
                        binaries.program("initdb"),
                        "--pgdata=" + cluster,
                        "--username=" + Endpoint.SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-sync",
                        "--no-instructions"),
                "");
    }

    /** The program works as an ordinary role: a hole in it is then no way into the server's file system. */
    private void createRoleAndDatabase(Path cluster, String password) throws IOException, InterruptedException {
        String user = Endpoint.USER;
        run(
                List.of(
                        binaries.program("postgres"),
                        "--single",
                        "-D",
                        cluster.toString(),
                        "-c",
                        "fsync=off", // everything is synced at the end
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "log_min_error_statement=panic",
                        "template1"),
                "CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "';\n" + "CREATE DATABASE " + Endpoint.DATABASE
                        + " OWNER " + user + ";\n");
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(account.plain(command))
                .directory(folder.home().toFile())
                .redirectErrorStream(true);
        Postmaster.plainEnvironment(builder.environment());
        Process process = builder.start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new DatabaseNotStarted("the database could not be made in " + folder.home() + ": "
                    + output.strip().replaceAll("\\s*\n\\s*", "; "));
        }
    }

    /** What a crash left under the name that no server has ever run on. */
    private void removeUnfinished() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder.home())) {
            leftovers = entries.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        for (Path leftover : leftovers) {
            try {
                PostgresBinaries.deleteTree(leftover);
            } catch (IOException e) {
                // An initdb whose parent was killed may still be writing there; the next first start tries again.
                LOG.info("left the unfinished {} where it is: {}", leftover, e.getMessage());
            }
        }
    }
}
