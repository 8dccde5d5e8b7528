package ihome.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import ihome.cache.CacheConfig;
import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.changeevents.ChangeKeys;
import ihome.module.Platform;
import ihome.photo.NotAPicture;
import ihome.photo.PhotoModule;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Page;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.json.JsonText;
import ihome.platform.problem.BusinessException;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.time.SiteTime;
import ihome.pricing.Season;
import ihome.review.MeanScores;
import ihome.review.Review;
import ihome.review.ReviewStore;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Endpoints 11, 12 and 15 to 17: publishing, photos, own houses, slides, detail; editing. */
public final class ListingRoutes {
    static final int SLIDES = 5;
    static final int COMMENTS = 30;

    private static final String BASE = "/api/v1.0";

    /** The slides of the home page. */
    public static final CachedKind HOME = new CachedKind(
            "home",
            BASE + "/houses/index",
            Audience.EVERYBODY,
            ChangeKeys.LISTS.kind(),
            _ -> "home_page_data",
            CacheConfig::home,
            Response::okBareZero);

    /** A house's page as who is not logged in sees it. */
    public static final CachedKind HOUSE = new CachedKind(
            "house",
            BASE + "/houses/{house_id}",
            Audience.WITHOUT_SESSION,
            ChangeKeys.HOUSE,
            id -> "house_info_" + id,
            CacheConfig::house,
            json -> Response.okBareZero(new DetailView(-1, json)));

    private static final byte[] SEEN_BY_NOBODY = houseBegins(-1);

    private final Database database;
    private final CachedAnswers cache;
    private final PictureLibrary pictures;
    private final HouseViews views;
    private final ReviewStore reviews;
    private final HouseStore houses = new HouseStore();
    private final PublishHouse publishHouse;
    private final AddHousePhoto addHousePhoto;
    private final EditHouse editHouse;
    private final SetSeasons setSeasons;
    private final ArrangePhotos arrangePhotos;
    private final SiteTime time;

    ListingRoutes(
            Platform platform, CachedAnswers cache, PhotoModule pictureModule, HouseViews views, ReviewStore reviews) {
        this.database = platform.database();
        this.time = platform.time();
        this.cache = cache;
        this.pictures = pictureModule.library();
        this.views = views;
        this.reviews = reviews;
        ChangeLog changes = platform.changes();
        this.publishHouse = new PublishHouse(database, houses, changes, platform.limits(), time);
        PhotoStore photos = new PhotoStore();
        this.addHousePhoto = new AddHousePhoto(database, houses, photos, changes, pictureModule.storePicture(), time);
        this.editHouse = new EditHouse(database, houses, changes);
        this.setSeasons = new SetSeasons(database, houses, new SeasonStore(), changes);
        this.arrangePhotos = new ArrangePhotos(database, houses, photos, changes, pictureModule.removal());
    }

    List<Route> routes() {
        return List.of(
                Route.post(BASE + "/houses", Access.LOGIN, this::publish).onDatabaseFailure("查询房屋配套设施异常"),
                Route.post(BASE + "/houses/{house_id}/images", Access.LOGIN, this::addPhoto)
                        .takingUpload(),
                Route.put(BASE + "/houses/{house_id}/images/order", Access.LOGIN, this::orderPhotos)
                        .onDatabaseFailure("保存房屋图片失败"),
                Route.delete(BASE + "/houses/{house_id}/images/{image_id}", Access.LOGIN, this::removePhoto)
                        .onDatabaseFailure("保存房屋图片失败"),
                Route.put(BASE + "/houses/{house_id}", Access.LOGIN, this::edit).onDatabaseFailure("保存房屋信息失败"),
                Route.put(BASE + "/houses/{house_id}/seasons", Access.LOGIN, this::setSeasons)
                        .onDatabaseFailure("保存房屋信息失败"),
                Route.put(BASE + "/houses/{house_id}/published", Access.LOGIN, this::setPublished)
                        .onDatabaseFailure("保存房屋信息失败"),
                Route.get(BASE + "/user/houses/{house_id}", Access.LOGIN, this::ownHouse)
                        .onDatabaseFailure("查询用户房屋数据异常"),
                Route.get(BASE + "/user/houses", Access.LOGIN, this::ownHouses).onDatabaseFailure("查询用户房屋数据异常"),
                Route.get(HOME.path(), Access.OPEN, this::slides).cached(HOME).onDatabaseFailure("查询首页信息异常"),
                Route.get(HOUSE.path(), Access.OPEN, this::detail).cached(HOUSE).onDatabaseFailure("查询房屋详情数据异常"));
    }

    private record DetailView(long userId, JsonText house) {}

    private record PublishedView(long houseId) {}

    private record PhotoView(String url, long imageId) {}

    private record SeasonsView(List<HouseViews.SeasonView> seasons) {}

    private record StateView(boolean published) {}

    private record HousesView(
            List<HouseViews.HouseWithState> houses,
            @Nullable String next) {}

    private Response publish(Request request) {
        NewHouse house = HouseFields.published(request.fields());
        return Response.ok(new PublishedView(publishHouse.run(request.viewer(), house)));
    }

    private record Shown(HouseDetail house, List<Review> reviews, MeanScores scores) {}

    private Response addPhoto(Request request) {
        long house = request.id("house_id");
        addHousePhoto.check(request.viewer(), house);
        byte[] upload = request.file("house_image");
        try {
            AddHousePhoto.Added added = addHousePhoto.run(request.viewer(), house, upload);
            return Response.ok(new PhotoView(pictures.url(added.picture(), Rendition.DETAIL), added.id()));
        } catch (NotAPicture e) {
            throw BusinessException.forField("house_image", e.reason().words());
        } catch (BlobStoreException e) {
            throw ListingProblem.PHOTO_NOT_STORED.exception();
        }
    }

    private Response ownHouses(Request request) {
        Page page = Page.of(request);
        Page.Part<HouseSummary> own = page.of(
                database.withConnection(tx -> houses.ofOwner(tx, request.viewer(), page.before(), page.toRead())),
                HouseSummary::id);
        return Response.ok(
                new HousesView(own.entries().stream().map(views::withState).toList(), own.next()));
    }

    private Response ownHouse(Request request) {
        OwnHouse own = database.inSnapshot(tx -> houses.own(tx, request.id("house_id")))
                .orElseThrow(ListingProblem.NO_SUCH_HOUSE::exception);
        if (own.ownerId() != request.viewer()) {
            throw (own.published() ? ListingProblem.NOT_THE_OWNER : ListingProblem.NO_SUCH_HOUSE).exception();
        }
        return Response.ok(views.editable(own));
    }

    private Response edit(Request request) {
        RequestFields fields = request.fields();
        OwnHouse own =
                editHouse.run(request.viewer(), request.id("house_id"), before -> HouseFields.edited(fields, before));
        return Response.ok(views.editable(own));
    }

    private Response setSeasons(Request request) {
        List<Season> seasons = SeasonFields.read(request.list("seasons", Season.MOST), time.today());
        setSeasons.run(request.viewer(), request.id("house_id"), seasons);
        return Response.ok(new SeasonsView(HouseViews.seasons(seasons)));
    }

    private Response setPublished(Request request) {
        boolean published = request.fields().requiredFlag("published");
        editHouse.setPublished(request.viewer(), request.id("house_id"), published);
        return Response.ok(new StateView(published));
    }

    private Response removePhoto(Request request) {
        arrangePhotos.remove(request.viewer(), request.id("house_id"), request.id("image_id"));
        return Response.done("OK");
    }

    private Response orderPhotos(Request request) {
        List<Long> ids = request.fields().ids("image_ids", 100);
        arrangePhotos.order(request.viewer(), request.id("house_id"), ids);
        return Response.done("OK");
    }

    private Response slides(Request request) {
        return cache.get(
                HOME,
                HOME.path(),
                ChangeKeys.LISTS,
                () -> database.withConnection(tx -> houses.slides(tx, SLIDES)).stream()
                        .map(views::basic)
                        .toList());
    }

    private Response detail(Request request) {
        long id = request.id("house_id");
        Response house = cache.get(HOUSE, BASE + "/houses/" + id, ChangeKeys.house(id), () -> {
            // No snapshot, which would take twice as many ways to the database: what is committed between the two
            // queries
            // shows in the second, and makes this answer void before it is acknowledged.
            Shown shown = database.withConnection(tx -> new Shown(
                    houses.detail(tx, id).orElseThrow(ListingProblem.NO_SUCH_HOUSE::exception),
                    reviews.newest(tx, id, COMMENTS, time.now()),
                    reviews.means(tx, id, time.now())));
            return views.full(shown.house(), shown.reviews(), shown.scores());
        });
        OptionalLong viewer = request.viewerIfKnown();
        return viewer.isEmpty() ? house : seenBy(viewer.getAsLong(), house);
    }

    /** A house's page for who is logged in: the same bytes but for the viewer's id. */
    private Response seenBy(long viewer, Response house) {
        byte[] begin = houseBegins(viewer);
        byte[] nobodys = house.body();
        byte[] body = Arrays.copyOf(begin, begin.length + nobodys.length - SEEN_BY_NOBODY.length);
        System.arraycopy(nobodys, SEEN_BY_NOBODY.length, body, begin.length, nobodys.length - SEEN_BY_NOBODY.length);
        return cache.notKept(HOUSE, house.contentType(), body);
    }

    private static byte[] houseBegins(long viewer) {
        return ("{\"errno\":0,\"errmsg\":\"OK\",\"data\":{\"user_id\":" + viewer).getBytes(UTF_8);
    }
}
