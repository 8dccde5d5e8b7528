package ihome.platform.responsecache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The version of a change key at some moment. */
public final class VersionSnapshot {
    private final AtomicLong everything;
    private final AtomicLong changeKey;
    private final long everythingThen;
    private final long topicThen;
    private final @Nullable BooleanSupplier condition;

    VersionSnapshot(AtomicLong everything, AtomicLong changeKey) {
        this.everything = everything;
        this.changeKey = changeKey;
        this.everythingThen = everything.get();
        this.topicThen = changeKey.get();
        this.condition = null;
    }

    private VersionSnapshot(VersionSnapshot snapshot, BooleanSupplier condition) {
        this.everything = snapshot.everything;
        this.changeKey = snapshot.changeKey;
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
        return changeKey.get() == topicThen
                && everything.get() == everythingThen
                && (condition == null || condition.getAsBoolean());
    }
}
