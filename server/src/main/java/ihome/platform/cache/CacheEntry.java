package ihome.platform.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer is kept.
 *
 * @param family a word for the metrics
 * @param key the Redis key: of the answer itself, or of a hash with a field an answer
 * @param field null: the answer stands alone under the key
 * @param generation key of the token that makes all entries void at once when it is changed
 * @param lifetime how long at most
 */
public record CacheEntry(
        String family, String key, @Nullable String field, String generation, Duration lifetime) {}
