package ihome.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where uses are counted. A store that cannot be reached fails with an exception; nothing passes then. */
interface LimitStore {
    /**
     * Uses that are later than now by more than this were counted under a clock that was wrong, and no longer count:
     * otherwise a clock that is set back by hours would lock people out for as long. Less is what clocks of nodes differ by.
     */
    Duration SKEW = Duration.ofMinutes(1);

    /**
     * One use to count.
     *
     * @param window length of the sliding window; zero for a budget that ends at {@code ends}
     * @param ends when this use no longer counts
     */
    record Count(String key, int max, Duration window, Instant ends) {
        boolean isBudget() {
            return window.isZero();
        }
    }

    /** Counts one use of each, or of none: then how long to wait until the first that is used up has room again. */
    Optional<Duration> take(List<Count> counts, Instant now);

    /** Takes back the newest use of each window; budgets stand. */
    void giveBack(List<Count> counts);

    /** How much of a budget has been taken; 0 when none has. */
    int used(String key);

    /** Removes what no longer counts; returns how many rows. */
    int sweep(Instant now);
}
