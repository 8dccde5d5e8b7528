package ihome.platform.db;

import java.io.Serial;

/** The database's schema is not the one that this program works with, and the program must not or may not change it. */
public final class SchemaMismatch extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    private SchemaMismatch(String message, boolean newer) {
        super(message);
        this.newer = newer;
    }

    static SchemaMismatch newer(String present, String known) {
        return new SchemaMismatch(
                "the database's schema (version " + present + ") is newer than this program (version " + known
                        + "): a newer iHome has migrated it; start that one, or restore a backup from before",
                true);
    }

    static SchemaMismatch older(String present, String known) {
        return new SchemaMismatch(
                "the database's schema (version " + present + ") is older than this program (version " + known
                        + "), and this command does not migrate it: use the version of iHome that serves it, or start"
                        + " this one (./ihome run migrates)",
                false);
    }

    /** Whether a newer program has been at this database. */
    public boolean isNewer() {
        return newer;
    }
}
