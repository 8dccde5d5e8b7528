package ihome.platform.responsecache;

import ihome.platform.change.ChangeKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A version number for everything that can change. Whoever derives something from the database takes a {@link
 * VersionSnapshot} before reading; the result is valid only while the snapshot is current. So a reader that began before
 * a change cannot put its old result back: whenever it does so, its snapshot is out of date. Nothing is searched for and
 * nothing is removed when something changes.
 *
 * <p>Things of one kind share {@value #CELLS} counters: a change may also invalidate what it does not concern, and never
 * leaves valid what it does concern.
 */
public final class CacheVersions {
    private static final int CELLS = 4096;

    private final AtomicLong everything = new AtomicLong();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final AtomicLong[] things = new AtomicLong[CELLS];

    public CacheVersions() {
        for (int i = 0; i < CELLS; i++) {
            things[i] = new AtomicLong();
        }
    }

    /** The present version of a change key. To be taken before anything is read. */
    public VersionSnapshot take(ChangeKey changeKey) {
        return new VersionSnapshot(everything, cell(changeKey));
    }

    /** A change key has changed. To be called after the commit and before it is acknowledged. */
    public void changed(ChangeKey changeKey) {
        cell(changeKey).incrementAndGet();
    }

    /** Invalidates everything: it is not known what has changed. */
    public void everythingChanged() {
        everything.incrementAndGet();
    }

    private AtomicLong cell(ChangeKey changeKey) {
        if (changeKey.id() == 0) {
            return kinds.computeIfAbsent(changeKey.kind(), _ -> new AtomicLong());
        }
        return things[Math.floorMod(changeKey.id() * 31 + changeKey.kind().hashCode(), CELLS)];
    }
}
