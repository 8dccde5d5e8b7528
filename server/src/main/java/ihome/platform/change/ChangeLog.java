package ihome.platform.change;

import ihome.platform.db.Database;
import ihome.platform.db.StatementPipeline;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The table {@code change_log}, and who listens to it on this node. */
public final class ChangeLog {
    /** How long a row is kept; a node that has not looked for so long has to begin anew. */
    static final int KEPT_MINUTES = 60;

    private final Database database;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /** Rows of this node's commits that its listeners have heard of, and their transactions, until the follower is past. */
    private final Map<Long, Long> told = new ConcurrentHashMap<>();

    private volatile boolean followed;

    public ChangeLog(Database database) {
        this.database = database;
    }

    /** From now on the listener hears what is committed on this node; of the others through a {@link ChangeFollower}. */
    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /**
     * Notes changes in the transaction that makes them. This node's listeners hear of them as soon as it is committed,
     * before {@link Database#inTransaction} returns; nobody does when it is not.
     */
    public void append(Handle tx, ChangeKey... changeKeys) {
        Set<ChangeKey> changed = Set.of(changeKeys);
        ChangeStore.Appended appended = ChangeStore.append(tx, texts(changed));
        tx.afterCommit(() -> {
            tell(changed);
            noteTold(appended);
        });
    }

    /**
     * As {@link #append(Handle, ChangeKey...)}, with other statements that will be sent in the transaction.
     *
     * @param detail all that the transaction does to these change keys; this node's listeners may rely on it
     */
    public void append(Handle tx, StatementPipeline statements, ChangePayload detail, ChangeKey... changeKeys) {
        Set<ChangeKey> changed = Set.of(changeKeys);
        Supplier<Optional<ChangeStore.Appended>> appended = ChangeStore.append(statements, texts(changed));
        tx.afterCommit(() -> {
            ChangeStore.Appended rows = appended.get().orElseThrow();
            listeners.forEach(listener -> listener.committed(changed, detail, Collections.max(rows.rows())));
            noteTold(rows);
        });
    }

    private static List<String> texts(Set<ChangeKey> changeKeys) {
        return changeKeys.stream().map(ChangeKey::toString).toList();
    }

    private void noteTold(ChangeStore.Appended appended) {
        if (followed) {
            appended.rows().forEach(row -> told.put(row, appended.xid()));
        }
    }

    /** From now on a follower asks for what was told. */
    void follow() {
        followed = true;
    }

    /** Whether this node's listeners heard of a row when it was committed. Asked once for each row. */
    boolean wasTold(long row) {
        return told.remove(row) != null;
    }

    /** Nobody asks for rows of transactions below one any more. */
    void forgetToldBelow(long xid) {
        told.values().removeIf(of -> of < xid);
    }

    /** Nobody asks for any row that was told so far. */
    void forgetTold() {
        told.clear();
    }

    void tell(Set<ChangeKey> changeKeys) {
        if (changeKeys.contains(ChangeKey.ANYTHING)) {
            invalidateAll();
            return;
        }
        listeners.forEach(listener -> listener.changed(changeKeys));
    }

    /** Tells this node's listeners that anything may have changed: something was written past this program. */
    public void invalidateAll() {
        listeners.forEach(ChangeListener::invalidateAll);
    }

    /** Removes what every node has long seen, and what another cluster has written; returns how many rows. */
    public int sweep() {
        return database.withConnection(
                handle -> ChangeStore.sweep(handle, KEPT_MINUTES) + ChangeStore.discardForeign(handle));
    }
}
