package ihome.platform.rendered;

import java.util.concurrent.atomic.AtomicLong;

/** The state of a topic at some moment. */
public final class Stamp {
    private final AtomicLong everything;
    private final AtomicLong topic;
    private final long everythingThen;
    private final long topicThen;

    Stamp(AtomicLong everything, AtomicLong topic) {
        this.everything = everything;
        this.topic = topic;
        this.everythingThen = everything.get();
        this.topicThen = topic.get();
    }

    /** One that nothing makes void, for what does not change while the process lives. */
    public static Stamp forGood() {
        return new Stamp(new AtomicLong(), new AtomicLong());
    }

    /** Whether nothing has changed since. */
    public boolean holds() {
        return topic.get() == topicThen && everything.get() == everythingThen;
    }
}
