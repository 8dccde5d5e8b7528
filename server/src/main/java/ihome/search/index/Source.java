package ihome.search.index;

import ihome.platform.db.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as the index reads it, on a connection of its own; and up to which row of the change log each house has
 * been read. For one thread.
 *
 * <p>A claim may be told long after its commit, when its nights have been freed again and the house was read since: put in
 * then, they would be taken for good. A claim whose row has a higher number than any had when the house was read was
 * committed after that, so it is not in what was read, and nothing that undoes it is.
 */
final class Source {
    private static final Logger log = LoggerFactory.getLogger(Source.class);
    /** So many houses are remembered one by one. */
    private static final int MOST = 50_000;

    private final Database database;
    private final IndexStore store;
    private final Map<Long, Long> readUpTo = new HashMap<>();
    private long allReadUpTo;
    private @Nullable Handle connection;

    Source(Database database, IndexStore store) {
        this.database = database;
        this.store = store;
    }

    /** Those of the houses that can be found now. */
    List<IndexStore.Row> read(Nights nights, Set<Long> houses) {
        List<IndexStore.Row> rows = store.read(connection(), nights, houses);
        haveRead(houses);
        return rows;
    }

    /** What is taken of each of the houses, whether or not it can be found. */
    List<IndexStore.Taken> readNights(Nights nights, Set<Long> houses) {
        List<IndexStore.Taken> taken = store.readNights(connection(), nights, houses);
        haveRead(houses);
        return taken;
    }

    List<Long> housesOf(Collection<Long> owners) {
        return store.housesOf(connection(), owners);
    }

    /** Whether the claim was certainly not committed when its house was last read. */
    boolean isNew(Claim claim) {
        return claim.row() > readUpTo.getOrDefault(claim.house(), allReadUpTo);
    }

    /** All houses have been read at some time before now. */
    void haveReadAll() {
        readUpTo.clear();
        allReadUpTo = store.lastChange(connection());
    }

    /** Asked after reading: the number may be too high, which costs another reading, but never too low. */
    private void haveRead(Set<Long> houses) {
        if (readUpTo.size() + houses.size() > MOST) {
            haveReadAll();
            return;
        }
        long last = store.lastChange(connection());
        houses.forEach(house -> readUpTo.put(house, last));
    }

    Handle connection() {
        Handle known = connection;
        if (known == null) {
            known = database.openOutsidePool();
            connection = known;
        }
        return known;
    }

    void disconnect() {
        Handle known = connection;
        connection = null;
        if (known != null) {
            try {
                known.close();
            } catch (JdbiException e) {
                log.debug("closing a broken connection: {}", e.getMessage());
            }
        }
    }
}
