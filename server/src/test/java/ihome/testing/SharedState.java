package ihome.testing;

import java.time.Duration;
import java.util.Map;

/** Where a test server keeps sessions, codes, limits and answers, for a test that looks at it, ages it or breaks it. */
public interface SharedState extends AutoCloseable {
    /** Options that make a node use it. */
    Map<String, String> environment();

    /** Lets so much time pass for what ends by itself; negative: turns it back. */
    void advance(Duration by);

    /** As if nobody had used up any limit. */
    void forgetLimits();

    /** How many sessions and codes are kept. */
    int kept();

    /** Whether this session or code is kept. */
    boolean keeps(String key);

    /** What is kept under a key; empty for nothing. */
    String value(String key);

    /** Whether a text is anywhere in a session or code that is kept. */
    boolean mentions(String text);

    /** How many wrong guesses were made at a code. */
    int misses(String key);

    /** How many limits somebody has used. */
    int limitsInUse();

    /** While it works, sessions and codes can be neither read nor written. */
    void withoutSessions(Runnable work);

    /** While it works, sessions and codes can only be read. */
    void readOnlySessions(Runnable work);

    /** While it works, no limit can be asked. */
    void withoutLimits(Runnable work);

    @Override
    void close();
}
