package ihome.platform.change;

import java.util.Set;

/** Keeps something up to date that was derived from the database. May be called by several threads at once; must not throw. */
public interface ChangeListener {
    /**
     * Changes that are committed: a query that begins now sees them. Each comes at least once on every node, on the one
     * that committed it first of all before the request is answered; no order is promised between changes, so a listener
     * reads the present state rather than applying a difference.
     */
    void changed(Set<ChangeKey> changeKeys);

    /**
     * As {@link #changed}, of a commit of this node that says what it has done. It may come late: when it does, other
     * changes may have undone it.
     *
     * @param row of the commit in the log; taken before the commit, and no row that is written later has a lower one
     */
    default void committed(Set<ChangeKey> changeKeys, ChangePayload detail, long row) {
        changed(changeKeys);
    }

    /** Changes may have been missed: nothing that was derived before can be trusted. Comes once at the start, and instead of {@link ChangeKey#ANYTHING}. */
    void invalidateAll();
}
