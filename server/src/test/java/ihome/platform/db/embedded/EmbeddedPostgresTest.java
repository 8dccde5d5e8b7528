package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ihome.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedPostgresTest {
    @TempDir
    Path data;

    @Test
    void keepsWhatWasWrittenAcrossStarts() throws SQLException {
        String password;
        try (EmbeddedPostgres first = EmbeddedPostgres.start(data)) {
            password = first.password();
            Sql.run(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(data)) {
            assertThat(Sql.ask(second, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(second.password()).isEqualTo(password);
        }
    }

    @Test
    void isDurableAndSpeaksUnicodeWhateverTheConfigurationFileSays() throws Exception {
        ReadyFolder.in(data);
        Files.writeString(
                data.resolve("postgres/data/postgresql.conf"),
                "\nfsync = off\nfull_page_writes = off\nsynchronous_commit = off\nlisten_addresses = '*'\n",
                StandardOpenOption.APPEND);
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data);
                Connection connection = Sql.connect(database)) {
            assertThat(Sql.ask(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(Sql.ask(connection, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(Sql.ask(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(Sql.ask(connection, "SHOW data_checksums")).isEqualTo("on");
            assertThat(Sql.ask(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");

            assertThat(Sql.ask(connection, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(Sql.ask(connection, "SELECT lower('Ä北京')")).isEqualTo("ä北京");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres/password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "ihome", "guessed"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThat(Sql.ask(database, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            try (Connection superuser = database.endpoint().connect("ihome", Endpoint.SUPERUSER)) {
                assertThat(Sql.ask(superuser, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"))
                        .isEqualTo("scram-sha-256");
            }
        }
    }

    @Test
    void writesNoPersonalDataToItsLog() throws Exception {
        ReadyFolder.in(data);
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            Sql.run(database, "CREATE TABLE person (mobile text PRIMARY KEY)");
            Sql.run(database, "INSERT INTO person VALUES ('13800000001')");
            assertThatThrownBy(() -> Sql.run(database, "INSERT INTO person VALUES ('13800000001')"))
                    .hasMessageContaining("duplicate key");
            assertThatThrownBy(() -> Sql.run(database, "SELECT 'x13800000001'::int"))
                    .hasMessageContaining("invalid input syntax");
            try (Connection connection = Sql.connect(database)) {
                long backend = Long.parseLong(Sql.ask(connection, "SELECT pg_backend_pid()"));
                CompletableFuture<Void> query = CompletableFuture.runAsync(() -> {
                    try {
                        Sql.ask(connection, "SELECT '13800000001', pg_sleep(60)");
                    } catch (SQLException expected) {
                        // its backend is killed
                    }
                });
                Await.until(() -> Sql.ask(
                                database,
                                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = " + backend)
                        .equals("1"));
                ProcessHandle.of(backend).orElseThrow().destroyForcibly();
                query.join();
            }
            Path log = data.resolve("postgres/log/postgres.log");
            Await.until(() -> Files.readString(log).contains("was terminated by signal 9"));
            Await.until(database::isAlive);
            assertThat(Files.readString(log)).doesNotContain("13800000001");
        }
    }

    @Test
    void aSecondInstanceIsRefusedNamingTheFirst() throws Exception {
        ReadyFolder.in(data);
        try (EmbeddedPostgres first = EmbeddedPostgres.start(data)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            for (int attempt = 0; attempt < 2; attempt++) { // the lock outlives the refusal in this process
                try (OtherProcess second = OtherProcess.serving(data)) {
                    assertThat(second.answer())
                            .startsWith("refused")
                            .contains("in use by process "
                                    + ProcessHandle.current().pid());
                }
            }
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void importAttachesToARunningServerAndLeavesItRunning() throws Exception {
        try (OtherProcess running = OtherProcess.serving(data)) {
            // attaches also while the other is still at its first start
            Await.until(
                    () -> Files.exists(data.resolve("postgres/lock")) && Files.size(data.resolve("postgres/lock")) > 0);
            try (EmbeddedPostgres attached = EmbeddedPostgres.attachOrStart(data)) {
                assertThat(attached.isAttached()).isTrue();
                Sql.run(attached, "CREATE TABLE imported AS SELECT 1");
            }
            assertThat(running.answer()).startsWith("ready");
            try (EmbeddedPostgres again = EmbeddedPostgres.attachOrStart(data)) {
                assertThat(Sql.ask(again, "SELECT count(*) FROM imported")).isEqualTo("1");
            }
        }
        EmbeddedPostgres alone = EmbeddedPostgres.attachOrStart(data);
        try (alone) {
            assertThat(alone.isAttached()).isFalse();
            assertThat(Sql.ask(alone, "SELECT count(*) FROM imported")).isEqualTo("1");
        }
        assertThat(alone.isAlive()).isFalse();
    }

    @Test
    void closeLeavesNoProcessAndNoLock() throws IOException {
        ReadyFolder.in(data);
        EmbeddedPostgres database = EmbeddedPostgres.start(data);
        Path cluster = data.toRealPath().resolve("postgres/data");
        assertThat(ServerProcesses.of(cluster)).isNotEmpty();
        database.close();
        database.close();
        assertThat(ServerProcesses.of(cluster)).isEmpty();
        assertThat(PostmasterFile.of(cluster)).doesNotExist();
        EmbeddedPostgres.start(data).close();
    }

    @Test
    void runsInASessionOfItsOwnSoThatCtrlCStopsTheProgramFirst() throws IOException {
        ReadyFolder.in(data);
        assumeThat(Path.of("/proc/self/stat")).exists();
        try (EmbeddedPostgres database = EmbeddedPostgres.start(data)) {
            long pid = PostmasterFile.read(database.folder().cluster())
                    .orElseThrow()
                    .pid();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
            assertThat(session).isEqualTo(Long.toString(pid));
        }
    }

    @Test
    void aLostPasswordFileIsNotReplaced() throws IOException {
        ReadyFolder.in(data);
        Path file = data.resolve("postgres/password");
        Files.delete(file);
        assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("restore it from a backup");
        assertThat(file).doesNotExist();
        Files.writeString(file, "0".repeat(48));
        assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                .isInstanceOf(DataFolderUnusable.class)
                .hasMessageContaining("is not the one of the database");
        assertThat(ServerProcesses.of(data.toRealPath().resolve("postgres/data")))
                .isEmpty();
    }

    @Test
    void databasesForTestsAreSeparate() throws SQLException {
        TestPostgres.Database one = TestPostgres.freshDatabase();
        TestPostgres.Database two = TestPostgres.migratedDatabase();
        TestPostgres.Database three = TestPostgres.migratedDatabase();
        String tables = "SELECT count(*) FROM pg_tables WHERE tablename = 'flyway_schema_history'";
        assertThat(ask(one, tables)).isEqualTo("0");
        assertThat(ask(two, tables)).isEqualTo("1");
        assertThat(ask(three, tables)).isEqualTo("1");
        assertThat(two.jdbcUrl()).isNotEqualTo(three.jdbcUrl());
    }

    private static String ask(TestPostgres.Database database, String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            return Sql.ask(connection, sql);
        }
    }
}
