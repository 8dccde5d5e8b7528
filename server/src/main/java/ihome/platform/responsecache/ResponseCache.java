package ihome.platform.responsecache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The cached responses, by request target (path and query as they stand in the request line), bounded by their bytes. */
public final class ResponseCache {
    private final Cache<String, CachedResponse> responses;
    private final long maxBytes;
    private final BooleanSupplier upToDate;
    /** Of many threads, each time a response is found: an atomic number would be waited for. */
    private final LongAdder hits = new LongAdder();

    private final LongAdder stored = new LongAdder();

    /**
     * An empty cache.
     *
     * @param maxBytes bytes of memory at most; 0 disables the cache
     * @param upToDate whether this node has heard of every change that is older than the bound; while it has not, nothing
     *     is found
     */
    public ResponseCache(long maxBytes, BooleanSupplier upToDate) {
        this.responses = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String target, CachedResponse response) -> response.weight() + 2 * target.length())
                // In the caller: maintenance only reorders entries and needs no thread of its own.
                .executor(Runnable::run)
                .build();
        this.maxBytes = maxBytes;
        this.upToDate = upToDate;
    }

    /** The valid response for a target; null when there is none. Does not block. */
    public @Nullable CachedResponse find(String target) {
        CachedResponse response = responses.getIfPresent(target);
        if (response == null || !response.isValid() || !upToDate.getAsBoolean()) {
            return null;
        }
        response.used();
        hits.increment();
        return response;
    }

    /** Keeps a response for one more target, unless it is invalid already. */
    public void put(String target, CachedResponse response) {
        if (maxBytes > 0 && response.isValid()) {
            responses.put(target, response);
            stored.increment();
        }
    }

    /** How many responses were found. */
    public long hits() {
        return hits.sum();
    }

    /** How many responses were kept, each because it had not been found. */
    public long stored() {
        return stored.sum();
    }

    /** Bytes that are in use, approximately; for the metrics. */
    public long bytes() {
        return responses
                .policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
