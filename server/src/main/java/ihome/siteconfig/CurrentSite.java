package ihome.siteconfig;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeListener;
import ihome.platform.db.Database;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What the site says now, on every node: read again after a change, when it is asked for. */
public final class CurrentSite implements ChangeListener {
    private record Known(SiteFile file, long at) {}

    private final Database database;
    private final SiteStore store = new SiteStore();
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Known known;

    public CurrentSite(Database database) {
        this.database = database;
    }

    /** While the database is away, what was known before; fails where nothing was. May ask the database. */
    public SiteFile get() {
        Known before = known;
        // Before it is read: a change from here on has it read once more.
        long now = changes.get();
        if (before != null && before.at() == now) {
            return before.file();
        }
        try {
            SiteFile file = database.inSnapshot(store::read);
            known = new Known(file, now);
            return file;
        } catch (JdbiException e) {
            if (before == null) {
                throw e;
            }
            return before.file();
        }
    }

    /** What stands before an amount. */
    public String currency() {
        return get().settings().currency();
    }

    @Override
    public void changed(Set<ChangeKey> changeKeys) {
        if (changeKeys.contains(ChangeKeys.SITE)) {
            changes.incrementAndGet();
        }
    }

    @Override
    public void invalidateAll() {
        changes.incrementAndGet();
    }
}
