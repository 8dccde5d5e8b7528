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
import ihome.search.query.SearchCriteria;
import ihome.search.query.SearchDates;
import ihome.stay.BookingWindow;
import ihome.stay.BookingWindows;
import ihome.stay.Stay;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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
     * What the caches know a search without filters by: its parameters, empty where one is not given.
     *
     * @param start of the query's dates, as text
     * @param end of the query's dates, as text
     */
    private record ListKey(SearchCriteria query, String start, String end) {
        static ListKey of(SearchCriteria query) {
            return new ListKey(
                    query, text(query.dates().start()), text(query.dates().end()));
        }

        @Override
        public String toString() {
            return "houses_" + start + "_" + end + "_" + text(query.area()) + "_"
                    + query.sort().wire();
        }

        /**
         * Where the answer says what a stay costs, with the day of booking: what Redis keeps of the day before must not be
         * found then, nor what a version keeps that says no prices. And whether the order is that of what the stay costs:
         * what Redis keeps of a version that orders by a night's price must not be found then.
         */
        String field() {
            boolean priced = query.dates().stay() != null;
            return query.page()
                    + (query.city() == null ? "" : "_city" + query.city())
                    + (priced ? "_" + query.dates().bookedOn() : "")
                    + (priced && query.sort().isByPrice() ? "_total" : "");
        }

        String target() {
            return LISTS.path() + "?sd=" + start + "&ed=" + end + "&aid=" + text(query.area())
                    + (query.city() == null ? "" : "&city=" + query.city()) + "&sk="
                    + query.sort().wire() + "&p=" + query.page();
        }

        private static String text(@Nullable Object value) {
            return value == null ? "" : value.toString();
        }
    }

    private record Page(long total, List<HouseSummary> houses, Map<Long, Long> amounts) {}

    private Response search(Request request) {
        BookingWindow window = windows.current();
        SearchCriteria query = SearchCriteria.parse(request::query, window);
        if (!query.dates().areWithin(window)) {
            // Not kept: tomorrow a date may be within it.
            return Response.ok(new PageView(List.of(), 0, query.page())).with("Cache-Control", "no-cache");
        }
        if (query.isFiltered()) {
            // Too many different questions to keep the answers of.
            request.beforeBlocking();
            byte[] found = fromIndex(query, request);
            return found != null ? Response.okJson(found) : Response.ok(fromSql(query));
        }
        ListKey key = ListKey.of(query);
        return cache.list(
                LISTS,
                key.target(),
                ChangeKeys.LISTS,
                key.toString(),
                query.page() <= LAST_PAGE_KEPT && !query.dates().open().leaveOutSome() ? key.field() : null,
                () -> fromIndex(query, request),
                () -> fromSql(query),
                stillHolds(query.dates()));
    }

    /**
     * Until when an answer is kept. What was free yesterday is past today, and what a stay costs depends on the day of
     * booking: one about dates until the day ends. One that leaves out houses only until others are left out.
     */
    private @Nullable BooleanSupplier stillHolds(SearchDates dates) {
        Stay nights = dates.nights();
        if (nights == null) {
            return null;
        }
        return () -> {
            BookingWindow now = windows.current();
            return now.first().equals(dates.bookedOn())
                    && now.arrivals(nights.start()).equals(dates.open());
        };
    }

    /** Null when the index does not know. On an event loop only what it finds quickly. */
    private byte @Nullable [] fromIndex(SearchCriteria query, Request request) {
        if (index == null) {
            request.beforeBlocking();
            return null;
        }
        if (!request.mustNotBlock()) {
            return index.page(query);
        }
        byte[] found = index.pageAtOnce(query);
        if (found == null) {
            request.beforeBlocking();
        }
        return found;
    }

    private PageView fromSql(SearchCriteria query) {
        // One snapshot for all statements: the total is that of the page, and the prices are those that it is ordered
        // by.
        Page page = database.inSnapshot(tx -> {
            StayAmounts otherwise = store.chargingOtherwise(tx, query);
            long total = store.count(tx, query, otherwise);
            boolean past = (query.page() - 1L) * SearchStore.PAGE_SIZE >= total;
            List<HouseSummary> houses = past ? List.of() : store.page(tx, query, otherwise);
            Stay stay = query.dates().stay();
            return new Page(
                    total,
                    houses,
                    stay == null || houses.isEmpty()
                            ? Map.of()
                            : store.amounts(
                                    tx,
                                    houses.stream().map(HouseSummary::id).toList(),
                                    stay,
                                    query.filters().party(),
                                    query.dates().bookedOn()));
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
