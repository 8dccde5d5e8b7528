package ihome.search;

import ihome.cache.CachedAnswers;
import ihome.cache.CachedAnswers.ListKey;
import ihome.listing.HouseSummary;
import ihome.listing.HouseViews;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Answer;
import ihome.platform.http.Request;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import ihome.search.index.SearchIndex;
import ihome.stay.BookingWindow;
import ihome.stay.BookingWindows;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Endpoint 18: search. */
public final class SearchRoutes {
    private final Database database;
    private final CachedAnswers cache;
    private final HouseViews views;
    private final @Nullable SearchIndex index;
    private final BookingWindows windows;
    private final SearchStore store = new SearchStore();

    /** @param index null: SQL answers everything */
    public SearchRoutes(
            Database database, CachedAnswers cache, HouseViews views, @Nullable SearchIndex index, SiteTime time) {
        this.windows = new BookingWindows(time);
        this.database = database;
        this.index = index;
        this.cache = cache;
        this.views = views;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1.0/houses", Access.OPEN, this::search)
                .onDatabaseFailure("查询房屋列表信息异常")
                .onEventLoop());
    }

    private record PageView(List<HouseViews.BasicHouse> houses, long totalPage, int currentPage) {}

    private record Page(long total, List<HouseSummary> houses) {}

    private Answer search(Request request) {
        BookingWindow window = windows.current();
        HouseQuery query = HouseQuery.parse(request::query).within(window);
        if (!query.isWithin(window)) {
            // Not kept: tomorrow a date may be within it.
            return Answer.ok(new PageView(List.of(), 0, query.page())).with("Cache-Control", "no-cache");
        }
        if (query.isFiltered()) {
            // Too many different questions to keep the answers of.
            request.beforeBlocking();
            byte[] found = fromIndex(query, request);
            return found != null ? Answer.okJson(found) : Answer.ok(fromSql(query));
        }
        return cache.list(
                listKey(query, request::query),
                query.page(),
                () -> fromIndex(query, request),
                () -> fromSql(query),
                stillHolds(query, window));
    }

    /**
     * Until when an answer is kept. What was free yesterday is past today: one about dates until the day ends. One about
     * tonight also only until fewer houses can be booked.
     */
    private @Nullable BooleanSupplier stillHolds(HouseQuery query, BookingWindow window) {
        if (query.from() == null) {
            return null;
        }
        return query.includesTonight(window)
                ? () -> windows.current().equals(window)
                : () -> windows.current().first().equals(window.first());
    }

    private static ListKey listKey(HouseQuery query, Function<String, Optional<String>> parameters) {
        return new ListKey(
                parameters.apply("sd").orElse(""),
                parameters.apply("ed").orElse(""),
                query.area() == null ? "" : query.area().toString(),
                query.sort().wire(),
                query.instantBooking());
    }

    /** Null when the index does not know. On an event loop only what it finds quickly. */
    private byte @Nullable [] fromIndex(HouseQuery query, Request request) {
        if (index == null) {
            request.beforeBlocking();
            return null;
        }
        if (!request.mustNotBlock()) {
            return index.page(query.question());
        }
        byte[] found = index.pageAtOnce(query.question());
        if (found == null) {
            request.beforeBlocking();
        }
        return found;
    }

    private PageView fromSql(HouseQuery query) {
        // One snapshot for both statements: the total is that of the page.
        Page page = database.inSnapshot(tx -> {
            long total = store.count(tx, query);
            boolean past = (query.page() - 1L) * SearchStore.PAGE_SIZE >= total;
            return new Page(total, past ? List.of() : store.page(tx, query));
        });
        long totalPage = (page.total() + SearchStore.PAGE_SIZE - 1) / SearchStore.PAGE_SIZE;
        return new PageView(page.houses().stream().map(views::basic).toList(), totalPage, query.page());
    }
}
