package ihome.platform.responsecache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The version of a topic at some moment. */
public final class VersionSnapshot {
    private final AtomicLong everything;
    private final AtomicLong topic;
    private final long everythingThen;
    private final long topicThen;
    private final @Nullable BooleanSupplier condition;

    VersionSnapshot(AtomicLong everything, AtomicLong topic) {
        this.everything = everything;
        this.topic = topic;
        this.everythingThen = everything.get();
        this.topicThen = topic.get();
        this.condition = null;
    }

    private VersionSnapshot(VersionSnapshot snapshot, BooleanSupplier condition) {
        this.everything = snapshot.everything;
        this.topic = snapshot.topic;
        this.everythingThen = snapshot.everythingThen;
        this.topicThen = snapshot.topicThen;
        this.condition = condition;
    }

    /** The same, current only while the condition holds as well, which is asked at every use: for what time changes. */
    public VersionSnapshot onlyWhile(BooleanSupplier holds) {
        return new VersionSnapshot(this, holds);
    }

    /** One that stays current, for what does not change while the process runs. */
    public static VersionSnapshot permanent() {
        return new VersionSnapshot(new AtomicLong(), new AtomicLong());
    }

    /** Whether nothing has changed since. */
    public boolean isCurrent() {
        return topic.get() == topicThen
                && everything.get() == everythingThen
                && (condition == null || condition.getAsBoolean());
    }
}
