package ihome.cache;

import ihome.platform.cache.CacheEntry;
import ihome.platform.cache.RedisCache;
import ihome.platform.change.ChangeKey;
import ihome.platform.http.Response;
import ihome.platform.json.JsonText;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept. On the heap: whole and cached, under their request target. With Redis there as well, under
 * the API document's own keys: the JSON of the answer's {@code data} (of a house's page the {@code house} within it, which
 * is the same for every viewer).
 */
public final class CachedAnswers {
    static final String ANSWERS_GENERATION = "Generation_answers";
    static final String LISTS_GENERATION = "Generation_lists";

    /** What {@link RedisCache} has to be made with. */
    public static final List<String> GENERATIONS = List.of(ANSWERS_GENERATION, LISTS_GENERATION);

    private static final List<Map.Entry<String, String>> REVALIDATED =
            List.of(Map.entry("Cache-Control", "no-cache"), Map.entry("X-Content-Type-Options", "nosniff"));
    private static final int ASKED_ONCE = 1 << 14;

    private final @Nullable RedisCache cache;
    private final ResponseCache responseCache;
    private final CacheVersions versions;
    private final CacheConfig times;
    /** Of the lists that were asked for of late, a hash each, where a later one has not taken its place. */
    private final AtomicIntegerArray askedOnce = new AtomicIntegerArray(ASKED_ONCE);

    /** @param cache null: answers are kept on the heap only */
    public CachedAnswers(
            @Nullable RedisCache cache, ResponseCache responseCache, CacheVersions versions, CacheConfig times) {
        this.cache = cache;
        this.responseCache = responseCache;
        this.versions = versions;
        this.times = times;
    }

    /**
     * One answer of a kind that has an answer for each change key.
     *
     * @param target the request target that it is kept under
     * @param changeKey whose changes end it, of the kind's own
     * @param data read when nothing is kept
     */
    public Response get(CachedKind kind, String target, ChangeKey changeKey, Supplier<Object> data) {
        CachedResponse kept = responseCache.find(target);
        if (kept != null) {
            return Response.cached(kept);
        }
        CacheEntry entry = kind.entry(changeKey, times);
        return render(kind, target, changeKey, null, () -> kind.envelope().apply(data(entry, true, data)));
    }

    /** As {@link #get}, but never kept in Redis: one of several answers of a kind that one change key ends. */
    public Response onHeap(CachedKind kind, String target, ChangeKey changeKey, Supplier<Object> data) {
        CachedResponse kept = responseCache.find(target);
        return kept != null
                ? Response.cached(kept)
                : render(kind, target, changeKey, null, () -> kind.envelope().apply(JsonText.of(data.get())));
    }

    /** An answer made of a kept one for somebody else, for whom it is not kept. */
    public Response notKept(CachedKind kind, String contentType, byte[] body) {
        return Response.cached(new CachedResponse(
                kind.path(),
                kind.audience(),
                contentType,
                REVALIDATED,
                body,
                VersionSnapshot.permanent(),
                Duration.ZERO));
    }

    /**
     * A page of a list. Kept on the heap when it is asked for a second time: most searches are never asked again. What is
     * written already neither comes from Redis nor goes there: another node's copy may be behind this node's changes.
     *
     * @param target the request target that it is kept under
     * @param changeKey whose changes end it
     * @param key of the list in Redis, a hash
     * @param field of this page in the hash; null: it is not kept in Redis
     * @param written the data as JSON where it is at hand; null where it is not
     * @param found the data where {@code written} gives null
     * @param holds whether the answer is still true, where nothing has changed; null: until something does
     */
    public Response list(
            CachedKind kind,
            String target,
            ChangeKey changeKey,
            String key,
            @Nullable String field,
            Supplier<byte @Nullable []> written,
            Supplier<Object> found,
            @Nullable BooleanSupplier holds) {
        CachedResponse kept = responseCache.find(target);
        if (kept != null) {
            return Response.cached(kept);
        }
        CacheEntry entry = new CacheEntry(
                kind.family(), key, field, kind.generation(), kind.lifetime().apply(times));
        Supplier<Response> answer = () -> {
            byte[] json = written.get();
            return json != null ? Response.okJson(json) : kind.envelope().apply(data(entry, field != null, found));
        };
        if (wasAskedBefore(target.hashCode())) {
            return render(kind, target, changeKey, holds, answer);
        }
        Response made = answer.get();
        // Not before: what gives up on the event loop is asked once more.
        rememberAsked(target.hashCode());
        return notKept(made);
    }

    private static Response notKept(Response answer) {
        return answer.with("Cache-Control", "no-cache");
    }

    private boolean wasAskedBefore(int hash) {
        return askedOnce.get(cell(hash)) == hash;
    }

    private void rememberAsked(int hash) {
        askedOnce.set(cell(hash), hash);
    }

    private static int cell(int hash) {
        return (hash ^ (hash >>> 15)) & (ASKED_ONCE - 1);
    }

    private Response render(
            CachedKind kind,
            String target,
            ChangeKey changeKey,
            @Nullable BooleanSupplier holds,
            Supplier<Response> made) {
        Duration lifetime = kind.lifetime().apply(times);
        // Before anything is read: a change from here on makes the answer void, whenever it is put away.
        VersionSnapshot taken = versions.take(changeKey);
        VersionSnapshot snapshot = holds == null ? taken : taken.onlyWhile(holds);
        Response answer = made.get();
        if (lifetime.toSeconds() == 0) {
            return answer;
        }
        CachedResponse cached = new CachedResponse(
                kind.path(), kind.audience(), answer.contentType(), REVALIDATED, answer.body(), snapshot, lifetime);
        responseCache.put(target, cached);
        return Response.cached(cached);
    }

    private JsonText data(CacheEntry entry, boolean inRedis, Supplier<Object> data) {
        return cache == null || !inRedis || entry.lifetime().toSeconds() == 0
                ? JsonText.of(data.get())
                : new JsonText(cache.get(entry, () -> JsonText.of(data.get()).text()));
    }
}
