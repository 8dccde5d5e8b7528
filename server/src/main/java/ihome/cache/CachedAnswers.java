package ihome.cache;

import ihome.platform.cache.CacheEntry;
import ihome.platform.cache.RedisCache;
import ihome.platform.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept, under the API document's own keys: each the JSON of the answer's {@code data} (of a house's
 * page the {@code house} within it, which is the same for every viewer). Without Redis nothing is kept.
 */
public final class CachedAnswers {
    static final String AREAS = "area_info";
    static final String HOME = "home_page_data";
    static final String ANSWERS_GENERATION = "Generation_answers";
    static final String LISTS_GENERATION = "Generation_lists";

    /** What {@link RedisCache} has to be made with. */
    public static final List<String> GENERATIONS = List.of(ANSWERS_GENERATION, LISTS_GENERATION);

    /** Pages after this are not kept: nobody turns so far, and a program that does should not fill Redis. */
    private static final int LAST_PAGE_KEPT = 100;

    private final @Nullable RedisCache cache;
    private final CacheTimes times;

    /** @param cache null: nothing is kept */
    public CachedAnswers(@Nullable RedisCache cache, CacheTimes times) {
        this.cache = cache;
        this.times = times;
    }

    /** A search, in its parameters' own words; empty where one is not given. */
    public record ListKey(String sd, String ed, String aid, String sk) {
        @Override
        public String toString() {
            return "houses_" + sd + "_" + ed + "_" + aid + "_" + sk;
        }
    }

    /** The districts. */
    public JsonText areas(Supplier<Object> answer) {
        return get("areas", AREAS, null, ANSWERS_GENERATION, times.areas(), answer);
    }

    /** The slides of the home page. */
    public JsonText home(Supplier<Object> answer) {
        return get("home", HOME, null, ANSWERS_GENERATION, times.home(), answer);
    }

    /** A house's page. */
    public JsonText house(long id, Supplier<Object> answer) {
        return get("house", houseKey(id), null, ANSWERS_GENERATION, times.house(), answer);
    }

    /** Whether list pages are kept at all. */
    public boolean keepsLists() {
        return cache != null && times.lists().toSeconds() > 0;
    }

    /** A page of a list. */
    public JsonText list(ListKey list, int page, Supplier<Object> answer) {
        return page > LAST_PAGE_KEPT
                ? JsonText.of(answer.get())
                : get("lists", list.toString(), Integer.toString(page), LISTS_GENERATION, times.lists(), answer);
    }

    private JsonText get(
            String family,
            String key,
            @Nullable String field,
            String generation,
            Duration lifetime,
            Supplier<Object> answer) {
        return cache == null || lifetime.toSeconds() == 0
                ? JsonText.of(answer.get())
                : new JsonText(cache.get(
                        new CacheEntry(family, key, field, generation, lifetime),
                        () -> JsonText.of(answer.get()).text()));
    }

    static String houseKey(long id) {
        return "house_info_" + id;
    }
}
