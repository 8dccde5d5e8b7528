package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.cli.Commands;
import ihome.platform.config.Secret;
import ihome.testing.Await;
import ihome.testing.NodeProcess;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that the running server makes by itself. */
@Tag("slow")
class ScheduledBackupsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private Path backups() {
        return folder.resolve("backups");
    }

    private Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(
                Map.of("IHOME_BACKUP_EVERY", "1h", "IHOME_BACKUP_DIR", backups().toString(), "IHOME_BACKUP_KEY", KEY));
        options.putAll(more);
        return options;
    }

    private List<Path> files() {
        if (!Files.isDirectory(backups())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(backups())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double metric(TestServer server, String name) {
        return server.nodeClient()
                .get("//metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(-1);
    }

    private static double failures(TestServer server, String reason) {
        return metric(server, "ihome_backup_failures_total{reason=\"" + reason + "\"}");
    }

    /** Its job runs every ten seconds, too: it may have looked a moment before the clock was moved. */
    private static void awaitMade(TestServer server, double count) {
        server.sweep();
        Await.until("backups are made", () -> metric(server, "ihome_backups_total"), made -> made >= count);
    }

    @Test
    void oneIsMadeWhenItIsDueAndTheNewestAreKept() throws IOException {
        Files.createDirectories(backups());
        Path mine = Files.writeString(backups().resolve("mine.backup"), "mine");
        try (TestServer server = TestServer.start(options(Map.of("IHOME_BACKUP_KEEP", "2")))) {
            assertThat(metric(server, "ihome_backup_interval_seconds")).isEqualTo(3600);
            assertThat(failures(server, "no_space")).isZero();
            server.registered();
            awaitMade(server, 1);
            Path first = new BackupFolder(backups())
                    .newest(server.clock().instant())
                    .orElseThrow()
                    .file();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                    .isEqualTo("rw-------");
            Restore.Summary sound = new Restore(first, Optional.of(new Secret(KEY)), _ -> {}).verify();
            assertThat(sound.keys()).contains("identity.key");
            assertThat(sound.rows()).isPositive();
            assertThat(metric(server, "ihome_backup_size_bytes")).isEqualTo((double) Files.size(first));
            assertThat(metric(server, "ihome_backup_age_seconds")).isZero();
            assertThat(server.number("select count(*) from identity_access where what = 'BACKED_UP'"))
                    .isEqualTo(1);

            server.advance(Duration.ofMinutes(59));
            server.sweep();
            Await.until(() -> metric(server, "ihome_backup_age_seconds") == 59 * 60);
            assertThat(files()).containsExactlyInAnyOrder(first, mine);
            for (int made = 2; made <= 4; made++) {
                server.advance(Duration.ofHours(1));
                awaitMade(server, made);
            }
            Await.until("the newest two and what is not the schedule's", this::files, files -> files.size() == 3);
            assertThat(first).doesNotExist();
            assertThat(mine).hasContent("mine");
            assertThat(metric(server, "ihome_backups_total")).isEqualTo(4);
        }
    }

    /** Protection: the lease; without it both nodes write the same file, and one of them fails. */
    @Test
    void ofSeveralNodesOneMakesIt() throws Exception {
        try (TestServer first = TestServer.start(options(Map.of()));
                TestServer second = first.anotherNode()) {
            try (Connection lock = locked(first)) {
                first.sweep();
                awaitBlocked(first);
                for (int i = 0; i < 4; i++) {
                    // Who is at work renews its lease, which ends after two minutes.
                    first.clock().advance(Duration.ofSeconds(90));
                    first.sweep();
                    second.sweep();
                    Await.until(() -> first.number("select count(*) from ephemeral where key = 'Lease_backup'"
                                    + " and expires_at > timestamptz '"
                                    + first.clock().instant() + "'")
                            == 1);
                }
                assertThat(blocked(first)).isEqualTo(1);
                lock.rollback();
            }
            awaitMade(first, 1);
            for (int i = 0; i < 3; i++) {
                first.sweep();
                second.sweep();
            }
            assertThat(files()).hasSize(1);
            assertThat(metric(second, "ihome_backups_total")).isZero();
            for (TestServer node : List.of(first, second)) {
                assertThat(failures(node, "unusable") + failures(node, "other") + failures(node, "folder"))
                        .isZero();
                Await.until(() -> metric(node, "ihome_backup_age_seconds") == 360);
            }
            first.stop();
            second.clock().advance(Duration.ofHours(1));
            awaitMade(second, 1);
            assertThat(files()).hasSize(2);
        }
    }

    /** A node that died in the midst of one: another takes over when its lease has ended, and clears away. */
    @Test
    void whatADeadNodeLeftDoesNotKeepAnotherFromIt() throws IOException {
        Files.createDirectories(backups());
        Path left = Files.writeString(backups().resolve("ihome-scheduled-20260601T030000Z.backup.unfinished"), "half");
        try (TestServer server = TestServer.start(options(Map.of()))) {
            server.sql("insert into ephemeral (key, value, misses, expires_at) values ('Lease_backup', 'dead', 0,"
                    + " timestamptz '" + server.clock().instant().plusSeconds(100) + "')");
            server.sweep();
            assertThat(left).exists();
            server.clock().advance(Duration.ofSeconds(101));
            awaitMade(server, 1);
            assertThat(left).doesNotExist();
            assertThat(files()).hasSize(1);
        }
    }

    /**
     * Protection: BackupWriter.close closes its file; a deleted one that was still open kept the full disk full, and no
     * backup was made any more.
     */
    @Test
    void onAFullDiskNothingIsLeftAndTheReasonIsSaid() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount a disk");
        Files.createDirectories(backups());
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", backups().toString()), "no disk here");
        try (TestServer server = TestServer.start(options(Map.of()))) {
            server.sql("insert into identity_access (at, who, what)"
                    + " select now(), md5(random()::text), 'BACKED_UP' from generate_series(1, 20000)");
            Path filler = backups().resolve("filler");
            fill(filler, backups());
            long free = backups().toFile().getUsableSpace();
            server.sweep();
            Await.until("the failure is counted", () -> failures(server, "no_space"), count -> count == 1);
            assertThat(files()).containsExactly(filler);
            assertThat(backups().toFile().getUsableSpace()).isEqualTo(free);
            assertThat(metric(server, "ihome_backups_total")).isZero();
            server.client().get("//health/ready").expectStatus(200);

            Files.delete(filler);
            server.sweep();
            assertThat(files()).as("not before its time").isEmpty();
            server.clock().advance(Duration.ofMinutes(11));
            awaitMade(server, 1);
            assertThat(metric(server, "ihome_backup_age_seconds")).isZero();
        } finally {
            assertThat(run("umount", "-l", backups().toString())).isTrue();
        }
    }

    @Test
    void whoVerifiesIsToldWhetherItIsSound() throws Exception {
        Path file = folder.resolve("site.backup");
        try (TestServer server = TestServer.start()) {
            server.registered();
            Map<String, String> environment = server.commandEnvironment();
            environment.put("IHOME_BACKUP_KEY", KEY);
            Commands.run("backup", List.of(file.toString()), environment, System.out);
        }
        Map<String, String> key = Map.of("IHOME_BACKUP_KEY", KEY);
        assertThat(verify(key, file.toString()))
                .satisfies(said -> assertThat(said.text()).contains("sound: backup of ", "keys: identity.key"))
                .extracting(Said::code)
                .isEqualTo(0);
        assertThat(verify(Map.of(), file.toString()))
                .satisfies(said -> assertThat(said.text()).contains("is encrypted: set IHOME_BACKUP_KEY"))
                .extracting(Said::code)
                .isEqualTo(1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertThat(verify(key, file.toString()))
                .satisfies(said -> assertThat(said.text()).contains("does not open with this key, or is damaged"))
                .extracting(Said::code)
                .isEqualTo(1);
        assertThat(verify(key, folder.resolve("none").toString()))
                .satisfies(said -> assertThat(said.text()).contains("there is no file"))
                .extracting(Said::code)
                .isEqualTo(1);
        assertThat(verify(key))
                .satisfies(said -> assertThat(said.text()).contains("needs the name of the file to verify"))
                .extracting(Said::code)
                .isEqualTo(2);
    }

    private record Said(int code, String text) {}

    private Said verify(Map<String, String> environment, String... operands) throws Exception {
        List<String> words = new ArrayList<>(List.of("backup", "verify"));
        words.addAll(List.of(operands));
        Map<String, String> all = new HashMap<>(environment);
        all.put("IHOME_DATA", folder.resolve("not-there").toString());
        Process process = NodeProcess.command(all, words.toArray(String[]::new));
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertThat(folder.resolve("not-there")).doesNotExist();
        return new Said(code, text);
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Leaves less than a backup needs, and more than nothing: it fails in the midst of writing. */
    private static void fill(Path file, Path disk) throws IOException {
        long space = disk.toFile().getUsableSpace();
        Files.write(file, new byte[(int) (space - 64 * 1024)]);
    }

    private static Connection locked(TestServer server) throws Exception {
        Connection connection = server.database().dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table area in access exclusive mode");
        }
        return connection;
    }

    private static int blocked(TestServer server) {
        return server.number("select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock' and query like 'copy \"area\"%'");
    }

    private static void awaitBlocked(TestServer server) {
        Await.until("a backup waits for the lock", () -> blocked(server), count -> count >= 1);
    }
}
