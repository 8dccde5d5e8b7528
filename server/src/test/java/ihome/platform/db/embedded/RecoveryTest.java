package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the program and the database in every way that the promise of the package names. */
@Tag("slow")
class RecoveryTest {
    @TempDir
    Path data;

    private Path cluster;

    @BeforeEach
    void setUp() throws IOException {
        cluster = data.toRealPath().resolve("postgres/data");
    }

    @Test
    void aKilledServerComesBackOnTheSamePortWithAllThatWasCommitted() throws Exception {
        ReadyFolder.in(data);
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            Sql.run(database, "CREATE TABLE night (n int)");
            for (int round = 1; round <= 3; round++) {
                Sql.run(database, "INSERT INTO night VALUES (" + round + ")");
                long killed = recordedPid();
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                Await.until(() -> recordedPid() != killed && database.isAlive());
                assertThat(Sql.ask(database, "SELECT count(*) FROM night")).isEqualTo(Integer.toString(round));
            }
        }
        assertThat(ServerProcesses.of(cluster)).isEmpty();
    }

    @Test
    void aBusyBackendThatOutlivesItsServerDoesNotStandInTheWay() throws Exception {
        ReadyFolder.in(data);
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data);
                Connection connection = Sql.connect(database)) {
            long backend = Long.parseLong(Sql.ask(connection, "SELECT pg_backend_pid()"));
            CompletableFuture<Void> query = CompletableFuture.runAsync(() -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(
                            "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
                } catch (SQLException expected) {
                    // its backend is killed
                }
            });
            Await.until(() -> Sql.ask(
                            database,
                            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = " + backend)
                    .equals("1"));
            long killed = recordedPid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            Await.until(() -> recordedPid() != killed && database.isAlive());
            assertThat(ProcessHandle.of(backend).filter(ProcessHandle::isAlive)).isEmpty();
            query.join();
        }
    }

    @Test
    void theServerThatAKilledProgramLeavesBehindIsTakenOver() throws Exception {
        ReadyFolder.in(data);
        OtherProcess program = OtherProcess.serving(data);
        assertThat(program.answer()).startsWith("ready");
        long left = recordedPid();
        program.kill();
        assertThat(ProcessHandle.of(left).orElseThrow().isAlive()).isTrue();
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            assertThat(database.isAlive()).isTrue();
            assertThat(recordedPid()).isNotEqualTo(left);
        }
    }

    @Test
    void programAndServerKilledTogetherLoseNothing() throws Exception {
        ReadyFolder.in(data);
        OtherProcess program = OtherProcess.serving(data);
        assertThat(program.answer()).startsWith("ready");
        try (EmbeddedPostgres attached = EmbeddedPostgres.attachOrStart(data)) {
            Sql.run(attached, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        program.kill();
        killServer();
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            assertThat(Sql.ask(database, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aProgramThatHasMeanwhileGotTheRecordedPidIsNotTouched() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try (EmbeddedPostgres otherDatabase = otherDatabase()) {
            long otherServer = PostmasterFile.read(otherDatabase.folder().cluster())
                    .orElseThrow()
                    .pid();
            for (long pid : List.of(
                    bystander.pid(), otherServer, ProcessHandle.current().pid(), 1L)) {
                leaveStalePidFile(pid);
                try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
                    assertThat(Sql.ask(database, "SELECT answer FROM kept")).isEqualTo("42");
                }
            }
            assertThat(bystander.isAlive()).isTrue();
            assertThat(otherDatabase.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void startsOverAnEmptyPidFileThatAPowerFailureLeft() throws Exception {
        for (String content : List.of("", "\n", "garbage\n")) {
            leaveStalePidFile(1);
            Files.writeString(PostmasterFile.of(cluster), content);
            try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
                assertThat(Sql.ask(database, "SELECT answer FROM kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void aServerThatSomebodyStartedByHandIsRefusedAndLeftAlone() throws Exception {
        ReadyFolder.in(data);
        DataFolder folder = DataFolder.at(data);
        ServerAccount account = ServerAccount.of(folder);
        PostgresBinaries binaries = PostgresBinaries.of(folder, account);
        Process byHand = new ProcessBuilder(account.plain(List.of(
                        binaries.program("postgres"),
                        "-D",
                        cluster.toString(),
                        "-c",
                        "unix_socket_directories=",
                        "-p",
                        Integer.toString(FreePorts.next()))))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Await.until(() ->
                    PostmasterFile.read(cluster).map(PostmasterFile::ready).orElse(false));
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("process " + byHand.pid());
            assertThat(byHand.isAlive()).isTrue();
        } finally {
            Postmaster.stop(byHand.toHandle(), folder);
        }
    }

    @Test
    void aLivingProgramIsRespectedEvenWhenItsLockFileWasDeleted() throws Exception {
        ReadyFolder.in(data);
        try (OtherProcess program = OtherProcess.serving(data)) {
            assertThat(program.answer()).startsWith("ready");
            Files.delete(data.resolve("postgres/lock"));
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("process " + program.pid());
        }
    }

    @Test
    void stopsSoonAlsoWhileItRecoversFromTheCrashOfABackend() throws Exception {
        ReadyFolder.in(data);
        for (int round = 0; round < 3; round++) {
            long begin;
            try (EmbeddedPostgres database = EmbeddedPostgres.start(data);
                    Connection connection = Sql.connect(database)) {
                long backend = Long.parseLong(Sql.ask(connection, "SELECT pg_backend_pid()"));
                ProcessHandle.of(backend).orElseThrow().destroyForcibly();
                TimeUnit.MILLISECONDS.sleep(30L * round);
                begin = System.nanoTime();
            }
            BusyMachine.assertWithin(Duration.ofSeconds(45), "a stop during recovery", begin);
            assertThat(ServerProcesses.of(cluster)).isEmpty();
        }
    }

    @Test
    void aProgramKilledAnywhereInItsFirstStartLeavesAFolderThatStarts() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            Path folder = Files.createDirectory(data.resolve("round" + round));
            OtherProcess program = OtherProcess.serving(folder);
            int pause = 200 + random.nextInt(2000);
            TimeUnit.MILLISECONDS.sleep(pause);
            program.kill();
            try (EmbeddedPostgres database = EmbeddedPostgres.start(folder)) {
                assertThat(database.isAlive())
                        .as("killed after %d ms, seed %d", pause, seed)
                        .isTrue();
            }
        }
    }

    @Test
    void whatAnInterruptedFirstStartLeftIsCleanedUp() throws Exception {
        Path unfinished = Files.createDirectories(data.resolve("postgres/data.unfinished-1/base"));
        Files.writeString(unfinished.resolveSibling("PG_VERSION"), "18\n");
        EmbeddedPostgres.start(data).close();
        assertThat(unfinished.getParent()).doesNotExist();
    }

    private EmbeddedPostgres otherDatabase() throws IOException {
        Path other = Files.createDirectories(data.resolve("other"));
        ReadyFolder.in(other);
        return EmbeddedPostgres.start(other, Durability.NONE);
    }

    /** Leaves the folder as a crash of the machine does, with a pid file that names the given process. */
    private void leaveStalePidFile(long pid) throws Exception {
        if (Files.notExists(cluster)) {
            ReadyFolder.in(data);
            try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
                Sql.run(database, "CREATE TABLE kept AS SELECT 42 AS answer");
            }
        }
        DataFolder folder = DataFolder.at(data);
        ServerAccount account = ServerAccount.of(folder);
        Postmaster server = Postmaster.launch(
                folder, PostgresBinaries.of(folder, account), account, FreePorts.next(), Durability.FULL, 0);
        assertThat(server.awaitReady(Duration.ofMinutes(1))).isTrue();
        killServer();
        Path file = PostmasterFile.of(cluster);
        Files.writeString(file, Files.readString(file).replaceFirst("^[0-9]+", Long.toString(pid)));
    }

    private void killServer() throws Exception {
        ProcessHandle.of(recordedPid()).orElseThrow().destroyForcibly();
        Await.until(() -> ServerProcesses.of(cluster).isEmpty());
    }

    private long recordedPid() throws IOException {
        return PostmasterFile.read(cluster).map(PostmasterFile::pid).orElse(0L);
    }
}
