package ihome.platform.ephemeral;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Values that end by themselves. Every method is atomic, also between nodes. A store that cannot be reached fails with
 * an exception; no method answers as if nothing were there.
 */
public interface ExpiringKeyValueStore {
    /** Keeps a value until {@code lifetime} has passed, in place of what stood there. */
    void put(String key, String value, Duration lifetime);

    /** As {@link #put(String, String, Duration)}, and the value can be ended with all others of its group. */
    void put(String key, String value, Duration lifetime, String group);

    /**
     * As {@link #put(String, String, Duration, String)}, and of more than {@code most} values of the group those end that
     * would have ended first.
     */
    void put(String key, String value, Duration lifetime, String group, int most);

    /**
     * Ends every value of a group that was put before this was called. One that is put meanwhile may stay; a failure may
     * leave some, and calling again ends them.
     */
    default void endGroup(String group) {
        endGroup(group, "");
    }

    /** As {@link #endGroup(String)}, and leaves one value of the group alone. */
    void endGroup(String group, String except);

    /** The values of a group by their keys, those first that end last; at most so many. */
    Map<String, String> group(String group, int most);

    /** Another value under a key that is there, for as long as the one before it had; nothing when it has ended. */
    void change(String key, String value);

    /** The value, if it has not ended. */
    Optional<String> get(String key);

    /** The value, if it has not ended, and nobody else can have it afterwards. */
    Optional<String> take(String key);

    /** A value that was in the group has been taken: it does not count among the group's values any more. */
    void leave(String group, String key);

    /**
     * Compares a guess with the value. Right: the value is taken, and only one of several right guesses gets it. Wrong:
     * one of the asker's tries is used up, and one of all; who has none left cannot be right any more, and after the last of
     * all nobody can. One asker's wrong guesses leave the others theirs.
     *
     * @param asker who guesses, such as an address
     */
    boolean guess(String key, String guess, String asker, Tries tries);

    /**
     * How many wrong guesses a value takes.
     *
     * @param ofOne of one asker
     * @param ofAll of all askers together
     */
    record Tries(int ofOne, int ofAll) {}
}
