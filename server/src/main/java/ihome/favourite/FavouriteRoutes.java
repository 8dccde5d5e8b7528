package ihome.favourite;

import ihome.listing.HouseSummary;
import ihome.listing.HouseViews;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import java.util.List;

/** The houses that one has marked. */
final class FavouriteRoutes {
    private static final String PATH = "/api/v1.0/user/favourites";
    private static final String SAVE_FAILED = "保存收藏失败";

    private final Database database;
    private final HouseViews views;
    private final FavouriteStore favourites = new FavouriteStore();
    private final KeepFavourites keepFavourites;

    FavouriteRoutes(Database database, HouseViews views) {
        this.database = database;
        this.views = views;
        this.keepFavourites = new KeepFavourites(database, favourites);
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.LOGIN, this::list).onDatabaseFailure("查询收藏失败"),
                Route.post(PATH, Access.LOGIN, this::merge).onDatabaseFailure(SAVE_FAILED),
                Route.put(PATH + "/{house_id}", Access.LOGIN, this::add).onDatabaseFailure(SAVE_FAILED),
                Route.delete(PATH + "/{house_id}", Access.LOGIN, this::remove).onDatabaseFailure(SAVE_FAILED));
    }

    private record HousesView(List<HouseViews.HouseWithState> houses) {}

    private record IdsView(List<Long> houseIds) {}

    private Response list(Request request) {
        List<HouseSummary> houses = database.withConnection(tx -> favourites.houses(tx, request.viewer()));
        return Response.ok(new HousesView(houses.stream().map(views::withState).toList()));
    }

    private Response merge(Request request) {
        List<Long> kept = request.fields().ids("house_ids", KeepFavourites.MOST);
        return Response.ok(new IdsView(keepFavourites.merge(request.viewer(), kept)));
    }

    private Response add(Request request) {
        keepFavourites.add(request.viewer(), request.id("house_id"));
        return Response.done("OK");
    }

    private Response remove(Request request) {
        keepFavourites.remove(request.viewer(), request.id("house_id"));
        return Response.done("OK");
    }
}
