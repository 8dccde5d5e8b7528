package ihome.platform.ephemeral;

import ihome.platform.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What one node of a site does at a time: a row of the table {@code ephemeral} that names its holder. A holder that neither
 * renews it nor gives it back loses it after its lifetime. Times are those of the nodes' clocks, so that a node whose clock
 * is wrong by more than the lifetime may take a lease that is held: it keeps nodes from doing work twice, and is not for work
 * that must not be done twice.
 */
public final class Lease {
    private final Database database;
    private final Clock clock;
    private final String key;
    private final Duration lifetime;
    private final String holder = UUID.randomUUID().toString();

    /** Not taken yet; the name is the same on all nodes. */
    public Lease(Database database, Clock clock, String name, Duration lifetime) {
        this.database = database;
        this.clock = clock;
        this.key = "Lease_" + name;
        this.lifetime = lifetime;
    }

    /** Takes or renews it; false while somebody else holds it. */
    public boolean take() {
        Instant now = clock.instant();
        return database.withConnection(handle -> LeaseStore.take(handle, key, holder, now, now.plus(lifetime)));
    }

    /** Gives it back, if it is held. */
    public void giveBack() {
        database.withConnection(handle -> LeaseStore.giveBack(handle, key, holder));
    }
}
