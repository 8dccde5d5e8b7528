package ihome.listing;

import ihome.cache.CacheConfig;
import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.changeevents.ChangeKeys;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.siteconfig.SiteFile;
import java.util.List;
import java.util.Optional;

/** Endpoint 10, the areas, and the cities that they lie in. */
public final class AreaRoutes {
    private static final String BASE = "/api/v1.0";

    /** The areas. */
    public static final CachedKind AREAS = new CachedKind(
            "areas",
            BASE + "/areas",
            Audience.EVERYBODY,
            ChangeKeys.AREAS.kind(),
            _ -> "area_info",
            CacheConfig::areas,
            Response::ok);

    /** The cities. */
    public static final CachedKind CITIES = new CachedKind(
            "cities",
            BASE + "/cities",
            Audience.EVERYBODY,
            ChangeKeys.AREAS.kind(),
            _ -> "city_info",
            CacheConfig::areas,
            Response::ok);

    private final Database database;
    private final CachedAnswers cache;
    private final AreaStore areas = new AreaStore();

    AreaRoutes(Database database, CachedAnswers cache) {
        this.database = database;
        this.cache = cache;
    }

    List<Route> routes() {
        return List.of(
                Route.get(AREAS.path(), Access.OPEN, this::areas).cached(AREAS).onDatabaseFailure("查询城区信息失败"),
                Route.get(CITIES.path(), Access.OPEN, this::cities)
                        .cached(CITIES)
                        .onDatabaseFailure("查询城市信息失败"));
    }

    /** As existing clients know it. */
    private record AreaView(int aid, String aname, int houses) {}

    private record AreaOfCityView(
            int aid, String aname, String anameEn, int houses, boolean open, List<String> papers) {}

    private record CityView(int cityId, String name, String nameEn, double latitude, double longitude, int houses) {}

    private Response areas(Request request) {
        Optional<Integer> city = request.queryInteger("city", 1, SiteFile.HIGHEST_CITY);
        return city.isPresent()
                ? areasOf(city.get())
                : cache.get(
                        AREAS,
                        AREAS.path(),
                        ChangeKeys.AREAS,
                        () -> database.withConnection(areas::ofDefaultCity).stream()
                                .map(area -> new AreaView(area.id(), area.name(), area.houses()))
                                .toList());
    }

    private Response areasOf(int city) {
        return cache.onHeap(
                AREAS,
                AREAS.path() + "?city=" + city,
                ChangeKeys.AREAS,
                () -> database.withConnection(tx -> areas.ofCity(tx, city)).stream()
                        .map(area -> new AreaOfCityView(
                                area.id(), area.name(), area.nameEnglish(), area.houses(), area.open(), area.papers()))
                        .toList());
    }

    private Response cities(Request request) {
        return cache.get(
                CITIES,
                CITIES.path(),
                ChangeKeys.AREAS,
                () -> database.withConnection(areas::cities).stream()
                        .map(city -> new CityView(
                                city.id(),
                                city.name(),
                                city.nameEnglish(),
                                city.latitude(),
                                city.longitude(),
                                city.houses()))
                        .toList());
    }
}
