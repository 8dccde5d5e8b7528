package ihome.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import ihome.cache.CacheConfig;
import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.changeevents.ChangeKeys;
import ihome.listing.HouseSummary;
import ihome.listing.HouseViews;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.time.SiteTime;
import ihome.search.index.SearchIndex;
import ihome.stay.BookingWindow;
import ihome.stay.BookingWindows;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Endpoint 18: search. */
public final class SearchRoutes {
    /** A page of a list of houses. */
    public static final CachedKind LISTS = new CachedKind(
            "lists",
            "/api/v1.0/houses",
            Audience.EVERYBODY,
            ChangeKeys.LISTS.kind(),
            null,
            CacheConfig::lists,
            Response::ok);

    /** Pages after this are not kept in Redis: nobody turns so far, and a program that does should not fill it. */
    private static final int LAST_PAGE_KEPT = 100;

    private final Database database;
    private final CachedAnswers cache;
    private final HouseViews views;
    private final @Nullable SearchIndex index;
    private final BookingWindows windows;
    private final SearchStore store = new SearchStore();

    /** @param index null: SQL answers everything */
    SearchRoutes(Database database, CachedAnswers cache, HouseViews views, @Nullable SearchIndex index, SiteTime time) {
        this.windows = new BookingWindows(time);
        this.database = database;
        this.index = index;
        this.cache = cache;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(Route.get(LISTS.path(), Access.OPEN, this::search)
                .cached(LISTS)
                .onDatabaseFailure("查询房屋列表信息异常")
                .onEventLoop());
    }

    /**
     * A house that was found.
     *
     * @param total what the stay costs without the deposit, in fen; null where not both dates were asked for
     */
    private record FoundHouse(
            @JsonUnwrapped HouseViews.BasicHouse house,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long total) {}

    private record PageView(List<FoundHouse> houses, long totalPage, int currentPage) {}

    /**
     * A search, in its parameters' own words; empty where one is not given.
     *
     * @param bookedOn the day of booking where the answer says what a stay costs; else null. What Redis keeps of the day
     *     before must not be found then, nor what a version keeps that says no prices
     */
    private record ListKey(
            String sd,
            String ed,
            String aid,
            String city,
            String sk,
            @Nullable LocalDate bookedOn) {
        @Override
        public String toString() {
            return "houses_" + sd + "_" + ed + "_" + aid + "_" + sk;
        }

        String field(int page) {
            return page + (city.isEmpty() ? "" : "_city" + city) + (bookedOn == null ? "" : "_" + bookedOn);
        }

        String target(int page) {
            return LISTS.path() + "?sd=" + sd + "&ed=" + ed + "&aid=" + aid + (city.isEmpty() ? "" : "&city=" + city)
                    + "&sk=" + sk + "&p=" + page;
        }
    }

    private record Page(long total, List<HouseSummary> houses, Map<Long, Long> amounts) {}

    private Response search(Request request) {
        BookingWindow window = windows.current();
        HouseQuery query = HouseQuery.parse(request::query).within(window);
        if (!query.isWithin(window)) {
            // Not kept: tomorrow a date may be within it.
            return Response.ok(new PageView(List.of(), 0, query.page())).with("Cache-Control", "no-cache");
        }
        if (query.isFiltered()) {
            // Too many different questions to keep the answers of.
            request.beforeBlocking();
            byte[] found = fromIndex(query, window, request);
            return found != null ? Response.okJson(found) : Response.ok(fromSql(query, window));
        }
        ListKey key = listKey(query, window, request::query);
        return cache.list(
                LISTS,
                key.target(query.page()),
                ChangeKeys.LISTS,
                key.toString(),
                query.page() <= LAST_PAGE_KEPT && !query.leavesOutTheLate() ? key.field(query.page()) : null,
                () -> fromIndex(query, window, request),
                () -> fromSql(query, window),
                stillHolds(query, window));
    }

    /**
     * Until when an answer is kept. What was free yesterday is past today, and what a stay costs depends on the day of
     * booking: one about dates until the day ends. One that leaves out houses only until others are left out.
     */
    private @Nullable BooleanSupplier stillHolds(HouseQuery query, BookingWindow window) {
        LocalDate from = query.from();
        if (from == null) {
            return null;
        }
        return () -> {
            BookingWindow now = windows.current();
            return now.first().equals(window.first()) && now.arrivals(from).equals(query.open());
        };
    }

    private static ListKey listKey(
            HouseQuery query, BookingWindow window, Function<String, Optional<String>> parameters) {
        return new ListKey(
                parameters.apply("sd").orElse(""),
                parameters.apply("ed").orElse(""),
                query.area() == null ? "" : query.area().toString(),
                query.city() == null ? "" : query.city().toString(),
                query.sort().wire(),
                query.wholeStay() == null ? null : window.first());
    }

    /** Null when the index does not know. On an event loop only what it finds quickly. */
    private byte @Nullable [] fromIndex(HouseQuery query, BookingWindow window, Request request) {
        if (index == null) {
            request.beforeBlocking();
            return null;
        }
        if (!request.mustNotBlock()) {
            return index.page(query.question(window.first()));
        }
        byte[] found = index.pageAtOnce(query.question(window.first()));
        if (found == null) {
            request.beforeBlocking();
        }
        return found;
    }

    private PageView fromSql(HouseQuery query, BookingWindow window) {
        // One snapshot for all statements: the total is that of the page, and the prices are those that it is ordered
        // by.
        Page page = database.inSnapshot(tx -> {
            long total = store.count(tx, query);
            boolean past = (query.page() - 1L) * SearchStore.PAGE_SIZE >= total;
            List<HouseSummary> houses = past ? List.of() : store.page(tx, query);
            Stay stay = query.wholeStay();
            return new Page(
                    total,
                    houses,
                    stay == null || houses.isEmpty()
                            ? Map.of()
                            : store.amounts(
                                    tx,
                                    houses.stream().map(HouseSummary::id).toList(),
                                    stay,
                                    query.who(),
                                    window.first()));
        });
        long totalPage = (page.total() + SearchStore.PAGE_SIZE - 1) / SearchStore.PAGE_SIZE;
        return new PageView(
                page.houses().stream()
                        .map(house -> new FoundHouse(
                                views.basic(house), page.amounts().get(house.id())))
                        .toList(),
                totalPage,
                query.page());
    }
}
