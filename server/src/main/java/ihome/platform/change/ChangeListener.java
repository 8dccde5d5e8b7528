package ihome.platform.change;

import java.util.Set;

/** Keeps something up to date that was derived from the database. May be called by several threads at once; must not throw. */
public interface ChangeListener {
    /**
     * Changes that are committed: a query that begins now sees them. Each comes at least once on every node, on the one
     * that committed it first of all before the request is answered; no order is promised between changes, so a listener
     * reads the present state rather than applying a difference.
     */
    void changed(Set<Topic> topics);

    /** Changes may have been missed: nothing that was derived before can be trusted. Comes once at the start, and instead of {@link Topic#ANYTHING}. */
    void anythingMayHaveChanged();
}
