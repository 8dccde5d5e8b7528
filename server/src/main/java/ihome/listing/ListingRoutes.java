package ihome.listing;

import ihome.cache.CachedAnswers;
import ihome.photo.NotAPicture;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Answer;
import ihome.platform.http.Fields;
import ihome.platform.http.Request;
import ihome.platform.http.Route;
import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.platform.time.SiteTime;
import ihome.review.Review;
import ihome.review.ReviewStore;
import ihome.stay.CancellationPolicy;
import java.util.List;
import java.util.OptionalLong;

/** Endpoints 10 to 12 and 15 to 17: areas, publishing, photos, own houses, slides, detail. */
public final class ListingRoutes {
    static final int SLIDES = 5;
    static final int COMMENTS = 30;

    private static final String BASE = "/api/v1.0";
    private static final Money CENT = new Money(1);
    private static final Money MILLION_YUAN = Money.ofYuan(1_000_000);
    private static final int LONGEST_STAY = 365;

    private final Database database;
    private final CachedAnswers cache;
    private final PictureLibrary pictures;
    private final HouseViews views;
    private final ReviewStore reviews;
    private final HouseStore houses = new HouseStore();
    private final AreaStore areas = new AreaStore();
    private final PublishHouse publishHouse;
    private final AddHousePhoto addHousePhoto;

    public ListingRoutes(
            Database database,
            ChangeLog changes,
            CachedAnswers cache,
            PictureLibrary pictures,
            HouseViews views,
            ReviewStore reviews,
            SiteTime time) {
        this.database = database;
        this.cache = cache;
        this.pictures = pictures;
        this.views = views;
        this.reviews = reviews;
        this.publishHouse = new PublishHouse(database, houses, changes, time);
        this.addHousePhoto = new AddHousePhoto(database, houses, changes, pictures, time);
    }

    public List<Route> routes() {
        return List.of(
                Route.get(BASE + "/areas", Access.OPEN, this::areas).onDatabaseFailure("查询城区信息失败"),
                Route.post(BASE + "/houses", Access.LOGIN, this::publish).onDatabaseFailure("查询房屋配套设施异常"),
                Route.post(BASE + "/houses/{house_id}/images", Access.LOGIN, this::addPhoto)
                        .takingUpload(),
                Route.get(BASE + "/user/houses", Access.LOGIN, this::ownHouses).onDatabaseFailure("查询用户房屋数据异常"),
                Route.get(BASE + "/houses/index", Access.OPEN, this::slides).onDatabaseFailure("查询首页信息异常"),
                Route.get(BASE + "/houses/{house_id}", Access.OPEN, this::detail)
                        .onDatabaseFailure("查询房屋详情数据异常"));
    }

    private record AreaView(int aid, String aname) {}

    private record PublishedView(long houseId) {}

    private record PhotoView(String url) {}

    private record HousesView(List<HouseViews.BasicHouse> houses) {}

    private Answer areas(Request request) {
        return cache.areas(() -> database.withConnection(areas::all).stream()
                .map(area -> new AreaView(area.id(), area.name()))
                .toList());
    }

    private Answer publish(Request request) {
        Fields fields = request.fields();
        NewHouse house = new NewHouse(
                fields.line("title", 1, 128),
                fields.yuan("price", CENT, MILLION_YUAN),
                fields.line("address", 1, 255),
                fields.integer("area_id", 1, Short.MAX_VALUE),
                fields.integer("room_count", 0, 100),
                fields.integer("acreage", 0, 100_000),
                fields.line("unit", 1, 64),
                fields.integer("capacity", 1, 100),
                fields.line("beds", 1, 128),
                fields.yuan("deposit", Money.ZERO, MILLION_YUAN),
                fields.integer("min_days", 1, LONGEST_STAY),
                fields.integer("max_days", 0, LONGEST_STAY),
                fields.integers("facility", 100),
                fields.flag("instant_booking"),
                policy(fields));
        if (house.maxDays() != 0 && house.maxDays() < house.minDays()) {
            throw ListingProblem.MIN_DAYS_ABOVE_MAX.refusal();
        }
        return Answer.ok(new PublishedView(publishHouse.run(request.viewer(), house)));
    }

    private static CancellationPolicy policy(Fields fields) {
        return CancellationPolicy.of(
                        fields.optionalText("cancellation_policy", 32).orElse(CancellationPolicy.FLEXIBLE.wire()))
                .orElseThrow(() -> Refusal.badField("cancellation_policy", "应为 flexible、moderate 或 strict"));
    }

    private record Shown(HouseDetail house, List<Review> reviews) {}

    private Answer addPhoto(Request request) {
        long house = request.id("house_id");
        addHousePhoto.check(request.viewer(), house);
        byte[] upload = request.file("house_image");
        try {
            PictureKey key = addHousePhoto.run(request.viewer(), house, upload);
            return Answer.ok(new PhotoView(pictures.url(key, Rendition.DETAIL)));
        } catch (NotAPicture e) {
            throw Refusal.badField("house_image", e.reason().words());
        } catch (BlobStoreException e) {
            throw ListingProblem.PHOTO_NOT_STORED.refusal();
        }
    }

    private Answer ownHouses(Request request) {
        List<HouseSummary> own = database.withConnection(tx -> houses.ofOwner(tx, request.viewer()));
        return Answer.ok(new HousesView(own.stream().map(views::basic).toList()));
    }

    private Answer slides(Request request) {
        return cache.home(() -> database.withConnection(tx -> houses.slides(tx, SLIDES)).stream()
                .map(views::basic)
                .toList());
    }

    private Answer detail(Request request) {
        long id = request.id("house_id");
        Answer house = cache.house(id, () -> {
            // No snapshot, which would take twice as many ways to the database: what is committed between the two queries
            // shows in the second, and makes this answer void before it is acknowledged.
            Shown shown = database.withConnection(tx -> new Shown(
                    houses.detail(tx, id).orElseThrow(ListingProblem.NO_SUCH_HOUSE::refusal),
                    reviews.newest(tx, id, COMMENTS)));
            return views.full(shown.house(), shown.reviews());
        });
        OptionalLong viewer = request.viewerIfKnown();
        return viewer.isEmpty() ? house : cache.seenBy(viewer.getAsLong(), house);
    }
}
