package ihome.identity;

import ihome.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The record of who has had to do with real names and identity numbers: appended in the transaction that does it,
 * changed by nobody, and without anything of that data itself.
 */
public final class Audit {
    /** How long a row is kept. */
    public static final Duration KEPT = Duration.ofDays(3 * 365);

    /** An owner who looks at his own again and again is one row an hour. */
    private static final Duration READ_AGAIN = Duration.ofHours(1);

    private static final String OWNER = "owner";

    /** What was done. */
    public enum What {
        VERIFIED,
        READ,
        EXPORTED,
        ERASED,
        KEY_CHANGE_BEGUN,
        KEY_CHANGE_ENDED,
        BACKED_UP,
        RESTORED,
        AUDIT_READ,
        PAYMENT_SETTLED,
        CLAIM_DECIDED,
        OCCUPANTS_GIVEN,
        OCCUPANTS_READ,
        OCCUPANTS_EXPORTED
    }

    /**
     * One row.
     *
     * @param account whose data; empty for everybody's
     */
    public record Entry(Instant at, String who, Optional<Long> account, String what) {}

    private final AuditStore store = new AuditStore();

    /** Whether the database has this record yet: a program may be newer than the server beside which it works. */
    public static boolean isKept(Database database) {
        return database.withConnection(AuditStore::isThere);
    }

    /** The account's owner did something with his own data. */
    public void byOwner(Handle tx, long account, What what, Instant now) {
        boolean read = what == What.READ || what == What.OCCUPANTS_READ;
        if (!read || !store.isThere(tx, now.minus(READ_AGAIN), OWNER, account, what.name())) {
            store.add(tx, now, OWNER, account, what.name());
        }
    }

    /** Who may run commands on this machine did something with everybody's data. */
    public void byOperator(Handle tx, What what, Instant now) {
        store.add(tx, now, operator(), null, what.name());
    }

    /** Who may run commands on this machine decided something about an account. */
    public void byOperator(Handle tx, long account, What what, Instant now) {
        store.add(tx, now, operator(), account, what.name());
    }

    /** As {@link #byOperator(Handle, What, Instant)}, in a transaction of its own. */
    public void byOperator(Database database, What what, Instant now) {
        database.inTransaction(tx -> {
            byOperator(tx, what, now);
            return null;
        });
    }

    /** Hands over the rows from {@code since} on, the oldest first; that they were read is on record first. */
    public void read(Database database, Optional<Long> account, Instant since, Instant now, Consumer<Entry> each) {
        database.inLongTransaction(tx -> {
            store.add(tx, now, operator(), account.orElse(null), What.AUDIT_READ.name());
            try (Stream<Entry> entries = store.read(tx, account, since)) {
                entries.forEach(each);
            }
            return null;
        });
    }

    /** Forgets what is older than {@link #KEPT}; returns how many rows. */
    public int sweep(Database database, Instant now) {
        return database.inTransaction(tx -> store.sweep(tx, now.minus(KEPT)));
    }

    /** Who runs commands on this machine, as rows name them. */
    public static String operator() {
        return "operator " + System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
