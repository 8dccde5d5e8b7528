package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.CommandFailed;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.redis.TestRedis;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ihome doctor} on sites that are well, and on others. */
@Tag("slow")
class DoctorCommandTest {
    @TempDir
    private Path folder;

    /** As a process of its own. */
    private record Said(int code, String text) {
        static Said by(Map<String, String> environment, String... options) throws Exception {
            String[] words = new String[options.length + 1];
            words[0] = "doctor";
            System.arraycopy(options, 0, words, 1, options.length);
            Process doctor = NodeProcess.command(environment, words);
            String text = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(doctor.waitFor(), text.replaceAll(" +", " "));
        }
    }

    /** In this process: the line of each thing. */
    private Map<String, String> findings(Map<String, String> environment, String... options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, String> all = new HashMap<>(Map.of(
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                "0",
                "IHOME_CASHIER_KEY",
                TestServer.CASHIER_KEY));
        all.putAll(environment);
        try {
            Commands.run("doctor", List.of(options), all, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        } catch (CommandFailed e) {
            assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("FAILED ");
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.length() > 24)
                .collect(Collectors.toMap(
                        line -> line.substring(9, 23).strip(),
                        line -> line.replaceAll(" +", " "),
                        (first, second) -> first + "\n" + second));
    }

    private static String url(TestPostgres.Database database) {
        return database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password();
    }

    /** The way of an operator: before the first start, beside the server, and after a mistake. */
    @Test
    void beforeTheFirstStartAndBesideTheServer() throws Exception {
        int port = FreePorts.next();
        Path data = folder.resolve("data");
        Map<String, String> environment =
                Map.of("IHOME_DATA", data.toString(), "IHOME_PORT", Integer.toString(port), "IHOME_DEV", "true");
        Said before = Said.by(environment);
        assertThat(before.text())
                .contains("ok port 127.0.0.1:" + port + " is free", "skipped database not there yet", "\n0 failed, ");
        assertThat(before.code()).isZero();
        assertThat(data).doesNotExist();

        try (NodeProcess node = NodeProcess.start(environment, folder.resolve("log"))) {
            Said beside = Said.by(environment);
            assertThat(beside.text())
                    .contains(
                            "ok port 127.0.0.1:" + port + " is answered by a running iHome",
                            "ok database PostgreSQL ",
                            "ok schema is this program's",
                            "ok privileges",
                            "ok durability",
                            "ok file modes",
                            "\n0 failed, ");
            assertThat(beside.code()).isZero();
            Files.setPosixFilePermissions(data.resolve("identity.key"), PosixFilePermissions.fromString("rw-r--r--"));
            Said open = Said.by(environment);
            assertThat(open.text()).contains("FAILED file modes", "identity.key", "\n1 failed, ");
            assertThat(open.code()).isEqualTo(1);
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
    }

    /** Protection: BackupChecks.age; a schedule that had stopped was seen by nobody before a backup was needed. */
    @Test
    void theAgeOfScheduledBackupsIsSaid() throws Exception {
        Path backups = Files.createDirectories(folder.resolve("backups"));
        Map<String, String> hourly = Map.of(
                "IHOME_BACKUP_EVERY", "1h",
                "IHOME_BACKUP_DIR", backups.toString(),
                "IHOME_BACKUP_KEY", "0123456789abcdef0123456789abcdef");
        assertThat(findings(Map.of()).get("backup")).startsWith("skipped backup none are scheduled");
        assertThat(findings(hourly).get("backup")).startsWith("warning backup none yet in " + backups);
        backupOfAge(backups, Duration.ofHours(3));
        assertThat(findings(hourly).get("backup"))
                .startsWith("FAILED backup the newest of 1 in " + backups + " is 3 h old, one is made every 60 min");
        backupOfAge(backups, Duration.ofMinutes(30));
        assertThat(findings(hourly).get("backup")).startsWith("ok backup the newest of 2");
        Map<String, String> open = new HashMap<>(hourly);
        open.remove("IHOME_BACKUP_KEY");
        assertThat(findings(open).get("backup")).contains("warning backup they are not encrypted");
    }

    /** An empty file with the name of a scheduled backup. */
    private static void backupOfAge(Path backups, Duration age) throws Exception {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().minus(age));
        Files.createFile(backups.resolve("ihome-scheduled-" + time + ".backup"));
    }

    @Test
    void settingsThatCannotBeUsedAreAllNamedAndNothingIsLookedAt() throws Exception {
        Said said = Said.by(Map.of("IHOME_PORT", "many", "IHOME_FEE_PERCENT", "200"));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("IHOME_PORT", "IHOME_FEE_PERCENT").doesNotContain("ok ");
    }

    /** One thing that cannot be looked at does not hide the others. */
    @Test
    void everythingThatFailsIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> found = findings(
                    Map.of(
                            "IHOME_PORT", Integer.toString(taken.getLocalPort()),
                            "IHOME_DATABASE_URL", "postgres://ihome:s3cret@127.0.0.1:" + FreePorts.next() + "/ihome",
                            "IHOME_REDIS_URL", "redis://127.0.0.1:" + FreePorts.next(),
                            "IHOME_MEDIA", "s3",
                            "IHOME_MEDIA_TIMEOUT", "500ms",
                            "IHOME_S3_ENDPOINT", "http://127.0.0.1:" + FreePorts.next(),
                            "IHOME_S3_BUCKET", "pictures",
                            "IHOME_S3_ACCESS_KEY", "a",
                            "IHOME_S3_SECRET_KEY", "s3cret",
                            "IHOME_PUBLIC_URL", "https://www.example.com"),
                    "--payment=cashier");
            for (String what : List.of("port", "database", "redis", "pictures")) {
                assertThat(found.get(what)).as(what).startsWith("FAILED ");
            }
            assertThat(found.get("sms")).startsWith("warning ");
            assertThat(found.get("payment")).startsWith("warning ");
            assertThat(found.get("disk")).isNotNull();
            assertThat(found.toString()).doesNotContain("s3cret");
        }
    }

    /** The tests' own server is set to forget at a crash. */
    @Test
    void aDatabaseThatIsNotAsItShouldBe() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        Map<String, String> environment = Map.of("IHOME_DATABASE_URL", url(database));
        Map<String, String> found = findings(environment);
        assertThat(found.get("database")).startsWith("ok database PostgreSQL ");
        assertThat(found.get("schema")).startsWith("ok ");
        assertThat(found.get("clock")).startsWith("ok ");
        assertThat(found.get("durability")).startsWith("FAILED ").contains("fsync=off");
        assertThat(found.get("replication")).startsWith("warning ");
        String name = database.jdbcUrl().replaceAll(".*/", "");
        try (Connection connection = TestPostgres.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("create role visitor login password 'visitor'");
            statement.execute("alter database " + name + " set default_transaction_read_only = on");
            assertThat(findings(environment).get("database")).startsWith("FAILED database is read only");
            statement.execute("alter database " + name + " reset default_transaction_read_only");
            String visitor = database.jdbcUrl() + "?user=visitor&password=visitor";
            assertThat(findings(Map.of("IHOME_DATABASE_URL", visitor)).get("privileges"))
                    .startsWith("FAILED ");
            statement.execute("drop role visitor");
        }
        Map<String, String> empty = findings(Map.of("IHOME_DATABASE_URL", url(TestPostgres.freshDatabase())));
        assertThat(empty.get("schema")).startsWith("warning ");
    }

    @Test
    void redis() {
        assertThat(findings(Map.of("IHOME_REDIS_URL", TestRedis.freshDatabase()))
                        .get("redis"))
                .matches("(ok|warning) redis \\d+\\.\\d+.*");
    }
}
