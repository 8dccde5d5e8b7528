package ihome.backup;

import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.Platform;
import ihome.platform.blob.BlobStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups that the running server makes by itself, where it is told to. */
public final class BackupModule implements FeatureModule {
    private static final Logger log = LoggerFactory.getLogger(BackupModule.class);

    private final @Nullable BackupSchedule schedule;

    /**
     * Begins with the first run of its job.
     *
     * @param pictures the store of which the pictures are to be in the backups; empty: none
     * @param data the data folder
     * @param made is called after each backup
     */
    public BackupModule(
            Platform platform, BackupConfig config, Optional<BlobStore> pictures, Path data, Runnable made) {
        if (!config.isScheduled()) {
            this.schedule = null;
            return;
        }
        if (config.key().isEmpty()) {
            log.warn("scheduled backups are not encrypted and hold no key files: set IHOME_BACKUP_KEY, and keep a copy"
                    + " of identity.key elsewhere");
        }
        this.schedule = new BackupSchedule(
                config,
                () -> new Backup(platform.database(), pictures, data, text -> log.debug("backup: {}", text)),
                made,
                platform.database(),
                platform.time().clock(),
                new BackupMetrics(config, platform.time().clock(), platform.registry()));
    }

    @Override
    public List<Job> jobs() {
        return schedule == null ? List.of() : List.of(Job.everySeconds(10, "scheduled backups", schedule::look));
    }

    @Override
    public void close() {
        if (schedule != null) {
            schedule.close();
        }
    }
}
