package ihome.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import org.jdbi.v3.core.JdbiException;

/** Why a scheduled backup could not be made, for its metric. */
enum BackupFailure {
    /** The disk of the backups is full. */
    NO_SPACE,
    /** The folder cannot be written to or read. */
    FOLDER,
    /** The database did not answer, or not with what a backup needs. */
    DATABASE,
    /** What was written is not what was to be written, or a backup of that name is there. */
    UNUSABLE,
    OTHER;

    static BackupFailure of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return NO_SPACE;
            }
            if (cause instanceof AccessDeniedException) {
                return FOLDER;
            }
        }
        return switch (e) {
            case JdbiException _ -> DATABASE;
            case BackupUnusable _ -> UNUSABLE;
            case IOException _ -> FOLDER;
            default -> OTHER;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
