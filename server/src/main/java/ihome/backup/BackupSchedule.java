package ihome.backup;

import ihome.platform.db.Database;
import ihome.platform.ephemeral.Lease;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup when the newest one in the folder is as old as the schedule says, on whichever node holds the lease. It
 * works on a thread of its own: a backup takes as long as it takes, and a folder on a network may not answer at all.
 */
final class BackupSchedule implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);

    /** After a failure: so long, or until the next one is due, whichever is shorter. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final BackupConfig config;
    private final BackupFolder folder;
    private final Supplier<Backup> backups;
    private final Runnable made;
    private final Clock clock;
    private final Lease lease;
    private final BackupMetrics metrics;
    private final BackupRetention retention;
    private final AtomicReference<@Nullable Thread> working = new AtomicReference<>();
    private volatile @Nullable Backup underWay;
    private volatile boolean stopping;
    private Instant notBefore = Instant.MIN;

    /**
     * Begins with the first {@link #look}.
     *
     * @param backups makes what one backup is made by
     * @param made is called after each
     */
    BackupSchedule(
            BackupConfig config,
            Supplier<Backup> backups,
            Runnable made,
            Database database,
            Clock clock,
            BackupMetrics metrics) {
        this.config = config;
        this.folder = new BackupFolder(config.folder());
        this.backups = backups;
        this.made = made;
        this.clock = clock;
        this.lease = new Lease(database, clock, "backup", LEASE);
        this.metrics = metrics;
        this.retention = new BackupRetention(folder, config.keep(), config.key());
    }

    /** Looks whether a backup is due, in the background; while one is being made, keeps the other nodes from it. */
    void look() {
        Thread thread = Thread.ofPlatform().name("backup").daemon().unstarted(this::work);
        if (!stopping && working.compareAndSet(null, thread)) {
            thread.start();
        } else if (underWay != null) {
            lease.take();
        }
    }

    private void work() {
        try {
            if (isDue() && lease.take()) {
                try {
                    // Another node may have made one between the look and the lease.
                    if (isDue()) {
                        make();
                    }
                } finally {
                    giveBackLease();
                }
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        } catch (Error e) {
            pauseAfter(BackupFailure.OTHER);
            throw e;
        } finally {
            working.set(null);
        }
    }

    private void giveBackLease() {
        try {
            lease.giveBack();
        } catch (JdbiException e) {
            log.warn("backup: other nodes wait until the lease ends by itself: {}", e.getMessage());
        }
    }

    private boolean isDue() throws IOException {
        Instant now = clock.instant();
        Optional<Instant> newest = folder.newest(now).map(BackupFolder.Kept::at);
        newest.ifPresent(metrics::newest);
        return !stopping
                && !isPaused(now)
                && newest.map(at -> !now.isBefore(at.plus(config.every()))).orElse(true);
    }

    /** A pause that ends later than any can was begun by a clock that was ahead: it does not count. */
    private boolean isPaused(Instant now) {
        return now.isBefore(notBefore) && !notBefore.isAfter(now.plus(pause()));
    }

    private Duration pause() {
        return config.every().compareTo(AGAIN) < 0 ? config.every() : AGAIN;
    }

    private void make() throws IOException {
        long begun = System.nanoTime();
        folder.create();
        folder.deleteUnfinished();
        // As the file's name says it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Path file = folder.fileOf(now);
        Backup backup = backups.get();
        underWay = backup;
        Backup.Summary summary;
        try {
            if (stopping) {
                return;
            }
            summary = backup.write(file, config.key(), now);
        } finally {
            underWay = null;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        metrics.made(now, summary.bytes(), summary.missingPictures(), took);
        log(file, summary, took);
        record(file);
        deleteOld(file, summary, now);
    }

    private static void log(Path file, Backup.Summary summary, Duration took) {
        log.info(
                "backup {}: {} rows, {} pictures, {} MB, read again and found whole, in {} s",
                file,
                summary.rows(),
                summary.pictures(),
                String.format(Locale.ROOT, "%.1f", summary.bytes() / 1e6),
                took.toSeconds());
        if (summary.missingPictures() > 0) {
            log.warn(
                    "backup {} lacks {} of {} pictures: the database names them and the folder of pictures does not hold"
                            + " them. Is its disk mounted?",
                    file,
                    summary.missingPictures(),
                    summary.pictures() + summary.missingPictures());
        }
    }

    /** What fails from here on is said by its own name: the backup is there, and is not made again for it. */
    private void record(Path file) {
        try {
            made.run();
        } catch (RuntimeException e) {
            log.error("backup {} is whole, but the audit could not record it: {}", file, e.getMessage());
        }
    }

    private void deleteOld(Path file, Backup.Summary summary, Instant now) {
        try {
            BackupRetention.Contents contents = new BackupRetention.Contents(summary.missingPictures(), summary.rows());
            for (Path old : retention.apply(file, contents, now)) {
                log.info("backup {} deleted: the newest {} are kept", old, config.keep());
            }
        } catch (IOException | RuntimeException e) {
            log.error("backup {} is whole, but old ones could not be deleted: {}", file, e.toString());
        }
    }

    private void pauseAfter(BackupFailure why) {
        notBefore = clock.instant().plus(pause());
        metrics.failed(why);
    }

    private void failed(Exception e) {
        if (stopping) {
            log.info("the backup that was under way was given up: the server stops");
            return;
        }
        BackupFailure why = BackupFailure.of(e);
        pauseAfter(why);
        log.error(
                "backup failed ({}): {}; tried again in {} s",
                why.label(),
                e instanceof FileSystemException ? e.toString() : e.getMessage(),
                pause().toSeconds());
    }

    /** Gives up what is under way, and waits until its file is gone. */
    @Override
    public void close() {
        stopping = true;
        Backup backup = underWay;
        if (backup != null) {
            backup.stop();
        }
        Thread thread = working.get();
        if (thread != null) {
            try {
                thread.join(PATIENCE_AT_THE_END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
