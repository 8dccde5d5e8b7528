package ihome.backup;

/** A backup cannot be made, read or brought back; the message says why and what to do. */
public final class BackupUnusable extends RuntimeException {
    BackupUnusable(String message) {
        super(message, null, false, false);
    }
}
