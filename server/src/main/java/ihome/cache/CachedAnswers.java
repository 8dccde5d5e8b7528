package ihome.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import ihome.platform.cache.CacheEntry;
import ihome.platform.cache.RedisCache;
import ihome.platform.change.Topic;
import ihome.platform.http.Answer;
import ihome.platform.json.JsonText;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.topics.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept. On the heap: whole and cached, under their request target. With Redis there as well, under
 * the API document's own keys: the JSON of the answer's {@code data} (of a house's page the {@code house} within it, which
 * is the same for every viewer).
 */
public final class CachedAnswers {
    static final String AREAS = "area_info";
    static final String HOME = "home_page_data";
    static final String ANSWERS_GENERATION = "Generation_answers";
    static final String LISTS_GENERATION = "Generation_lists";

    /** What {@link RedisCache} has to be made with. */
    public static final List<String> GENERATIONS = List.of(ANSWERS_GENERATION, LISTS_GENERATION);

    /** Pages after this are not kept in Redis: nobody turns so far, and a program that does should not fill it. */
    private static final int LAST_PAGE_KEPT = 100;

    private static final String API = "/api/v1.0";
    private static final List<Map.Entry<String, String>> REVALIDATED =
            List.of(Map.entry("Cache-Control", "no-cache"), Map.entry("X-Content-Type-Options", "nosniff"));
    private static final String HOUSE_ROUTE = API + "/houses/{house_id}";
    private static final byte[] SEEN_BY_NOBODY = houseBegins(-1);
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
     * A search, in its parameters' own words; empty where one is not given.
     *
     * @param instantBooking whether it is answered with houses that are booked instantly only: what Redis keeps of the
     *     same words from before must not be found then
     */
    public record ListKey(String sd, String ed, String aid, String sk, boolean instantBooking) {
        @Override
        public String toString() {
            return "houses_" + sd + "_" + ed + "_" + aid + "_" + sk;
        }

        private String field(int page) {
            return instantBooking ? page + "_instant" : Integer.toString(page);
        }

        private String target(int page) {
            return API + "/houses?sd=" + sd + "&ed=" + ed + "&aid=" + aid + "&sk=" + sk + "&p=" + page;
        }
    }

    private record DetailView(long userId, JsonText house) {}

    /** A kind of answer: what its keeping hangs on. */
    private record Kind(
            CacheEntry entry,
            String route,
            Audience audience,
            Topic topic,
            Function<JsonText, Answer> envelope,
            boolean inRedis) {}

    /** The districts. */
    public Answer areas(Supplier<Object> data) {
        CacheEntry entry = new CacheEntry("areas", AREAS, null, ANSWERS_GENERATION, times.areas());
        String route = API + "/areas";
        return get(route, () -> new Kind(entry, route, Audience.EVERYBODY, Topics.AREAS, Answer::ok, true), data);
    }

    /** The slides of the home page. */
    public Answer home(Supplier<Object> data) {
        CacheEntry entry = new CacheEntry("home", HOME, null, ANSWERS_GENERATION, times.home());
        String route = API + "/houses/index";
        return get(
                route, () -> new Kind(entry, route, Audience.EVERYBODY, Topics.LISTS, Answer::okBareZero, true), data);
    }

    /**
     * A house's page as who is not logged in sees it; {@link #seenBy} makes it another's.
     *
     * @param house the full house
     */
    public Answer house(long id, Supplier<Object> house) {
        return get(
                API + "/houses/" + id,
                () -> new Kind(
                        new CacheEntry("house", houseKey(id), null, ANSWERS_GENERATION, times.house()),
                        HOUSE_ROUTE,
                        Audience.WITHOUT_SESSION,
                        Topics.house(id),
                        json -> Answer.okBareZero(new DetailView(-1, json)),
                        true),
                house);
    }

    /** A house's page for who is logged in: the same bytes but for the viewer's id. */
    public Answer seenBy(long viewer, Answer house) {
        byte[] begin = houseBegins(viewer);
        byte[] nobodys = house.body();
        byte[] body = Arrays.copyOf(begin, begin.length + nobodys.length - SEEN_BY_NOBODY.length);
        System.arraycopy(nobodys, SEEN_BY_NOBODY.length, body, begin.length, nobodys.length - SEEN_BY_NOBODY.length);
        return Answer.cached(new CachedResponse(
                HOUSE_ROUTE,
                Audience.WITHOUT_SESSION,
                house.contentType(),
                REVALIDATED,
                body,
                VersionSnapshot.permanent(),
                Duration.ZERO));
    }

    private static byte[] houseBegins(long viewer) {
        return ("{\"errno\":0,\"errmsg\":\"OK\",\"data\":{\"user_id\":" + viewer).getBytes(UTF_8);
    }

    /**
     * A page of a list. Kept on the heap when it is asked for a second time: most searches are never asked again. What is
     * written already neither comes from Redis nor goes there: another node's copy may be behind this node's changes.
     *
     * @param written the data as JSON where it is at hand; null where it is not
     * @param found the data where {@code written} gives null
     * @param holds whether the answer is still true, where nothing has changed; null: until something does
     */
    public Answer list(
            ListKey list,
            int page,
            Supplier<byte @Nullable []> written,
            Supplier<Object> found,
            @Nullable BooleanSupplier holds) {
        String target = list.target(page);
        CachedResponse kept = responseCache.find(target);
        if (kept != null) {
            return Answer.cached(kept);
        }
        Kind kind = new Kind(
                new CacheEntry("lists", list.toString(), list.field(page), LISTS_GENERATION, times.lists()),
                API + "/houses",
                Audience.EVERYBODY,
                Topics.LISTS,
                Answer::ok,
                page <= LAST_PAGE_KEPT);
        Supplier<Answer> answer = () -> {
            byte[] json = written.get();
            return json != null ? Answer.okJson(json) : kind.envelope().apply(data(kind, found));
        };
        if (wasAskedBefore(target.hashCode())) {
            return render(target, kind, holds, answer);
        }
        Answer made = answer.get();
        // Not before: what gives up on the event loop is asked once more.
        rememberAsked(target.hashCode());
        return notKept(made);
    }

    private static Answer notKept(Answer answer) {
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

    private Answer get(String target, Supplier<Kind> kind, Supplier<Object> data) {
        CachedResponse kept = responseCache.find(target);
        if (kept != null) {
            return Answer.cached(kept);
        }
        Kind found = kind.get();
        return render(target, found, null, () -> found.envelope().apply(data(found, data)));
    }

    private Answer render(String target, Kind kind, @Nullable BooleanSupplier holds, Supplier<Answer> made) {
        Duration lifetime = kind.entry().lifetime();
        // Before anything is read: a change from here on makes the answer void, whenever it is put away.
        VersionSnapshot taken = versions.take(kind.topic());
        VersionSnapshot snapshot = holds == null ? taken : taken.onlyWhile(holds);
        Answer answer = made.get();
        if (lifetime.toSeconds() == 0) {
            return answer;
        }
        CachedResponse cached = new CachedResponse(
                kind.route(), kind.audience(), answer.contentType(), REVALIDATED, answer.body(), snapshot, lifetime);
        responseCache.put(target, cached);
        return Answer.cached(cached);
    }

    private JsonText data(Kind kind, Supplier<Object> data) {
        CacheEntry entry = kind.entry();
        return cache == null || !kind.inRedis() || entry.lifetime().toSeconds() == 0
                ? JsonText.of(data.get())
                : new JsonText(cache.get(entry, () -> JsonText.of(data.get()).text()));
    }

    static String houseKey(long id) {
        return "house_info_" + id;
    }
}
