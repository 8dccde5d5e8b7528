package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ihome.platform.blob.LocalBlobStore;
import ihome.platform.config.Secret;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.Await;
import ihome.testing.LogWatch;
import ihome.testing.TestClock;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong while a backup is made by schedule, and after it. */
class BackupScheduleTest {
    private static final Optional<Secret> NO_KEY = Optional.empty();

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-06-01T04:00:00Z"));
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private Database database;

    @SuppressWarnings("NullAway.Init") // by begin, in each test
    private BackupSchedule schedule;

    private Runnable made = () -> {};

    @BeforeEach
    void connect() {
        TestPostgres.Database migrated = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(migrated.jdbcUrl(), migrated.user(), migrated.password(), 3));
    }

    @AfterEach
    void end() {
        schedule.close();
        database.close();
    }

    private void begin(int keep, Supplier<Backup> backups) {
        BackupConfig config = new BackupConfig(Duration.ofHours(1), backups(), keep, NO_KEY);
        schedule = new BackupSchedule(
                config, backups, () -> made.run(), database, clock, new BackupMetrics(config, clock, registry));
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private Backup backup() {
        return new Backup(
                database,
                Optional.of(new LocalBlobStore(folder.resolve("blobs"), URI.create("http://localhost"))),
                folder,
                _ -> {});
    }

    private double metric(String name) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(-1);
    }

    private double failures() {
        double all = 0;
        for (BackupFailure reason : BackupFailure.values()) {
            all += metric("ihome_backup_failures_total{reason=\"" + reason.label() + "\"}");
        }
        return all;
    }

    private void awaitMade(int count) {
        Await.until(
                "backups are made",
                () -> {
                    schedule.look();
                    return metric("ihome_backups_total");
                },
                all -> all == count);
    }

    private static List<String> texts(LogWatch log) {
        return log.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void account(String avatar) {
        database.withConnection(
                handle -> handle.createUpdate("insert into account (name, avatar, external_id, created_at)"
                                + " values (md5(random()::text), :avatar, md5(random()::text), now())")
                        .bind("avatar", avatar)
                        .execute());
    }

    /** Protection: the gauge and the warning; without them a site without its disk of pictures is said to be whole. */
    @Test
    void picturesThatAreMissingAreSaid() {
        account("a/ab/abcdef0123456789abcdef0123456789");
        begin(7, this::backup);
        try (LogWatch log = new LogWatch(BackupSchedule.class.getName(), Level.WARN)) {
            awaitMade(1);
            assertThat(metric("ihome_backup_missing_pictures")).isPositive();
            Await.until(
                    "a warning", () -> texts(log), said -> said.stream().anyMatch(text -> text.contains(" lacks ")));
        }
        database.withConnection(handle -> handle.execute("update account set avatar = null"));
        clock.advance(Duration.ofHours(1));
        awaitMade(2);
        assertThat(metric("ihome_backup_missing_pictures")).isZero();
    }

    /** Protection: BackupSchedule.record; without it the backup counts as one that failed, and old ones are not deleted. */
    @Test
    void aBackupThatTheAuditCouldNotRecordIsOne() {
        begin(1, this::backup);
        made = () -> {
            throw new IllegalStateException("no audit");
        };
        try (LogWatch log = new LogWatch(BackupSchedule.class.getName(), Level.ERROR)) {
            awaitMade(1);
            clock.advance(Duration.ofHours(1));
            awaitMade(2);
            Await.until(() -> backups().toFile().list().length == 1);
            assertThat(texts(log))
                    .hasSize(2)
                    .allMatch(text -> text.contains("the audit could not record it: no audit"));
        }
        assertThat(failures()).isZero();
    }

    /** Protection: the order in BackupSchedule.make; retain failed before the audit heard of it. */
    @Test
    void oneThatIsMadeIsRecordedThoughOldOnesCannotBeDeleted() throws IOException {
        int[] recorded = {0};
        // Between the writing and the deleting, a file of that name takes the folder's place.
        made = () -> {
            recorded[0]++;
            try {
                Files.move(backups(), folder.resolve("elsewhere"));
                Files.writeString(backups(), "no folder");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        begin(1, this::backup);
        try (LogWatch log = new LogWatch(BackupSchedule.class.getName(), Level.ERROR)) {
            schedule.look();
            Await.until("an error", () -> texts(log), said -> !said.isEmpty());
            assertThat(texts(log).getFirst()).contains("is whole, but old ones could not be deleted");
        }
        assertThat(recorded[0]).isEqualTo(1);
        assertThat(metric("ihome_backups_total")).isEqualTo(1);
        assertThat(failures()).isZero();
        Files.delete(backups());
    }

    /** Protection: the catch of Error in BackupSchedule.work; without it each look begins anew, and none is counted. */
    @Test
    void anErrorIsCountedAndPaused() {
        int[] begun = {0};
        begin(7, () -> {
            if (begun[0]++ == 0) {
                throw new AssertionError("not of any known kind (the test throws it)");
            }
            return backup();
        });
        schedule.look();
        Await.until(() -> failures() == 1);
        assertThat(metric("ihome_backup_failures_total{reason=\"other\"}")).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            schedule.look();
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(begun[0]).isEqualTo(1);
        clock.advance(Duration.ofMinutes(10));
        awaitMade(1);
        assertThat(begun[0]).isEqualTo(2);
    }

    /** Protection: BackupSchedule.isPaused; a clock that was a year ahead stopped backups for a year. */
    @Test
    void aClockThatWasAheadStopsNothing() {
        int[] begun = {0};
        begin(7, () -> {
            if (begun[0]++ == 0) {
                throw new IllegalStateException("fails once");
            }
            return backup();
        });
        Instant now = clock.instant();
        clock.set(now.plus(Duration.ofDays(365)));
        schedule.look();
        Await.until(() -> failures() == 1);
        clock.set(now);
        awaitMade(1);
    }
}
