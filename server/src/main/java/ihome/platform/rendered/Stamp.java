package ihome.platform.rendered;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The state of a topic at some moment. */
public final class Stamp {
    private final AtomicLong everything;
    private final AtomicLong topic;
    private final long everythingThen;
    private final long topicThen;
    private final @Nullable BooleanSupplier condition;

    Stamp(AtomicLong everything, AtomicLong topic) {
        this.everything = everything;
        this.topic = topic;
        this.everythingThen = everything.get();
        this.topicThen = topic.get();
        this.condition = null;
    }

    private Stamp(Stamp stamp, BooleanSupplier condition) {
        this.everything = stamp.everything;
        this.topic = stamp.topic;
        this.everythingThen = stamp.everythingThen;
        this.topicThen = stamp.topicThen;
        this.condition = condition;
    }

    /** As this one, and void also when the condition does not hold: for what time changes. Asked at every use. */
    public Stamp asLongAs(BooleanSupplier holds) {
        return new Stamp(this, holds);
    }

    /** One that nothing makes void, for what does not change while the process lives. */
    public static Stamp forGood() {
        return new Stamp(new AtomicLong(), new AtomicLong());
    }

    /** Whether nothing has changed since. */
    public boolean holds() {
        return topic.get() == topicThen
                && everything.get() == everythingThen
                && (condition == null || condition.getAsBoolean());
    }
}
