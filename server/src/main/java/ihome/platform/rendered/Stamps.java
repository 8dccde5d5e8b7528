package ihome.platform.rendered;

import ihome.platform.change.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the changes of each topic. Who derives something takes a {@link Stamp} before reading the database; it counts
 * only while the stamp holds. So a reader that began before a change cannot put its old answer back: whenever it does so,
 * its stamp is void. Nothing is looked for and nothing removed when something changes, whatever hangs on it.
 *
 * <p>Things of a kind share {@value #CELLS} counters: a change may make an unconcerned thing void too, never leave a
 * concerned one in force.
 */
public final class Stamps {
    private static final int CELLS = 4096;

    private final AtomicLong everything = new AtomicLong();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final AtomicLong[] things = new AtomicLong[CELLS];

    public Stamps() {
        for (int i = 0; i < CELLS; i++) {
            things[i] = new AtomicLong();
        }
    }

    /** The present state of a topic. To be taken before anything is read. */
    public Stamp take(Topic topic) {
        return new Stamp(everything, cell(topic));
    }

    /** A topic has changed. Called after the commit and before it is acknowledged. */
    public void changed(Topic topic) {
        cell(topic).incrementAndGet();
    }

    /** Nobody knows what has changed. */
    public void everythingChanged() {
        everything.incrementAndGet();
    }

    private AtomicLong cell(Topic topic) {
        if (topic.id() == 0) {
            return kinds.computeIfAbsent(topic.kind(), _ -> new AtomicLong());
        }
        return things[Math.floorMod(topic.id() * 31 + topic.kind().hashCode(), CELLS)];
    }
}
