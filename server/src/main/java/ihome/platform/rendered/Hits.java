package ihome.platform.rendered;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The rendered answers that are kept, by request target, bounded by the bytes they take. */
public final class Hits {
    private final Cache<Target, Rendered> kept;
    private final long maxBytes;
    private final BooleanSupplier followed;

    /**
     * @param maxBytes bytes of memory at most; 0: nothing is kept
     * @param followed whether this node has heard of every change that is older than the bound; while it has not, nothing
     *     is found
     */
    public Hits(long maxBytes, BooleanSupplier followed) {
        this.kept = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Target target, Rendered answer) -> answer.weight() + target.length())
                // In the caller: it only sorts what is kept, and needs no threads of its own.
                .executor(Runnable::run)
                .build();
        this.maxBytes = maxBytes;
        this.followed = followed;
    }

    /** The answer to a target; null when there is none in force. */
    public @Nullable Rendered find(String target) {
        return find(Target.of(target));
    }

    @Nullable
    Rendered find(Target target) {
        Rendered answer = kept.getIfPresent(target);
        if (answer == null || !answer.inForce() || !followed.getAsBoolean()) {
            return null;
        }
        answer.askedAgain();
        return answer;
    }

    /** Keeps an answer under one more target; one that is void already is not found there. */
    public void keep(String target, Rendered answer) {
        if (maxBytes > 0 && answer.inForce()) {
            kept.put(Target.of(target), answer);
        }
    }

    /** Bytes kept now, about; for the metrics. */
    public long bytes() {
        return kept.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
