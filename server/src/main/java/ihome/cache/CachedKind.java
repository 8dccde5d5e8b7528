package ihome.cache;

import ihome.platform.cache.CacheEntry;
import ihome.platform.change.ChangeKey;
import ihome.platform.http.Caching;
import ihome.platform.http.Response;
import ihome.platform.json.JsonText;
import ihome.platform.responsecache.CachedResponse.Audience;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one route that are kept, as the route's feature says it.
 *
 * @param family a word for the metrics
 * @param path the route's path pattern
 * @param audience whom a kept answer may be sent to
 * @param endedBy the kind of the change keys whose changes end it
 * @param redisKey the Redis key of what hangs on a change key with this id; null: keys are made for each answer, and a change ends
 *     all of the generation
 * @param lifetime how long an answer is kept at most
 * @param envelope makes the answer of its data
 */
public record CachedKind(
        String family,
        String path,
        Audience audience,
        String endedBy,
        @Nullable LongFunction<String> redisKey,
        Function<CacheConfig, Duration> lifetime,
        Function<JsonText, Response> envelope)
        implements Caching {

    /** The key of the token that makes all of this kind void in Redis when it is changed. */
    String generation() {
        return redisKey == null ? CachedAnswers.LISTS_GENERATION : CachedAnswers.ANSWERS_GENERATION;
    }

    /** Where the answer that hangs on a change key is kept in Redis. */
    CacheEntry entry(ChangeKey changeKey, CacheConfig times) {
        if (redisKey == null) {
            throw new IllegalStateException("keys of " + family + " are made for each answer");
        }
        return new CacheEntry(family, redisKey.apply(changeKey.id()), null, generation(), lifetime.apply(times));
    }
}
