package ihome.listing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PriceRules;
import ihome.pricing.Season;
import ihome.review.MeanScores;
import ihome.review.Rating;
import ihome.review.Review;
import ihome.stay.HouseTimes;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How houses look on the wire (API contract, shapes). Money is fen; a missing picture is the empty string. */
public final class HouseViews {
    private final PictureLibrary pictures;
    private final SiteTime time;

    public HouseViews(PictureLibrary pictures, SiteTime time) {
        this.pictures = pictures;
        this.time = time;
    }

    /** The shape {@code basic house}. */
    public record BasicHouse(
            long houseId,
            String title,
            long price,
            String areaName,
            String imgUrl,
            int roomCount,
            int orderCount,
            String address,
            String userAvatar,
            String ctime,
            int capacity,
            String beds,
            @Nullable BigDecimal rating,
            int ratingCount) {}

    /** A basic house, and whether it can be found. */
    public record HouseWithState(@JsonUnwrapped BasicHouse house, boolean published) {}

    /** What a house charges beside its price, says and allows: a part of {@code full house} and {@code editable house}. */
    record TermsView(
            long cleaningFee,
            @Nullable Long weekendPrice,
            @Nullable Integer baseGuests,
            long extraGuestFee,
            int weeklyDiscount,
            int monthlyDiscount,
            @Nullable LeadTimeDiscount earlyBird,
            @Nullable LeadTimeDiscount lastMinute,
            String description,
            String rules,
            String checkInFrom,
            @Nullable String checkInUntil,
            String checkOutBy) {}

    private static TermsView terms(PriceRules prices, HouseTexts texts, HouseTimes times) {
        return new TermsView(
                prices.cleaningFee().fen(),
                orNull(prices.weekendPrice()),
                prices.baseGuests(),
                prices.extraGuestFee().fen(),
                prices.weeklyDiscount(),
                prices.monthlyDiscount(),
                prices.earlyBird(),
                prices.lastMinute(),
                texts.description(),
                texts.rules(),
                times.checkInFrom().toString(),
                orNull(times.checkInUntil()),
                times.checkOutBy().toString());
    }

    /** The shape {@code full house}. */
    record FullHouse(
            long hid,
            long userId,
            String userName,
            String userAvatar,
            String title,
            long price,
            @JsonUnwrapped HousePlace place,
            String address,
            int roomCount,
            int acreage,
            String unit,
            int capacity,
            String beds,
            long deposit,
            int minDays,
            int maxDays,
            List<String> imgUrls,
            List<Integer> facilities,
            List<Comment> comments,
            boolean instantBooking,
            String cancellationPolicy,
            @Nullable BigDecimal rating,
            int ratingCount,
            @Nullable Double latitude,
            @Nullable Double longitude,
            MeanScores scores,
            @JsonUnwrapped TermsView terms) {}

    /** A guest's comment as the full house shows it; stars and the host's reply may be missing. */
    record Comment(
            String comment,
            String userName,
            String ctime,
            @Nullable Integer stars,
            @Nullable String reply) {}

    public BasicHouse basic(HouseSummary house) {
        return new BasicHouse(
                house.id(),
                house.title(),
                house.price(),
                house.areaName(),
                url(house.mainImage(), Rendition.LIST),
                house.roomCount(),
                house.orderCount(),
                house.address(),
                url(house.ownerAvatar(), Rendition.AVATAR),
                time.formatDate(house.createdAt()),
                house.capacity(),
                house.beds(),
                rating(house.ratingSum(), house.ratingCount()),
                house.ratingCount());
    }

    public HouseWithState withState(HouseSummary house) {
        return new HouseWithState(basic(house), house.published());
    }

    FullHouse full(HouseDetail house, List<Review> reviews, MeanScores scores) {
        MapPosition exact = house.position();
        MapPosition position = exact == null ? null : exact.coarse();
        return new FullHouse(
                house.id(),
                house.ownerId(),
                house.ownerName(),
                url(house.ownerAvatar(), Rendition.AVATAR),
                house.title(),
                house.prices().price().fen(),
                house.place(),
                house.address(),
                house.roomCount(),
                house.acreage(),
                house.unit(),
                house.capacity(),
                house.beds(),
                house.prices().deposit().fen(),
                house.minDays(),
                house.maxDays(),
                house.pictures().stream()
                        .map(picture -> url(picture, Rendition.DETAIL))
                        .toList(),
                house.facilities(),
                reviews.stream().map(this::comment).toList(),
                house.instantBooking(),
                house.cancellationPolicy(),
                rating(house.ratingSum(), house.ratingCount()),
                house.ratingCount(),
                position == null ? null : position.latitude(),
                position == null ? null : position.longitude(),
                scores,
                terms(house.prices(), house.texts(), house.times()));
    }

    private static @Nullable Long orNull(@Nullable Money money) {
        return money == null ? null : money.fen();
    }

    private static @Nullable String orNull(@Nullable LocalTime time) {
        return time == null ? null : time.toString();
    }

    /** A photo as its owner orders and removes it. */
    record EditablePhoto(long imageId, String url) {}

    /** A season as its owner sent it; {@code to} is the day after its last night. */
    record SeasonView(
            String from,
            String to,
            @Nullable Long price,
            @Nullable Integer minDays,
            boolean closedToArrival,
            boolean closedToDeparture) {}

    static List<SeasonView> seasons(List<Season> seasons) {
        return seasons.stream()
                .map(season -> new SeasonView(
                        season.from().toString(),
                        season.to().toString(),
                        orNull(season.price()),
                        season.minDays(),
                        season.closedToArrival(),
                        season.closedToDeparture()))
                .toList();
    }

    /** The shape {@code editable house}: with what is private. */
    record EditableHouse(
            long houseId,
            String title,
            long price,
            String address,
            int areaId,
            int roomCount,
            int acreage,
            String unit,
            int capacity,
            String beds,
            long deposit,
            int minDays,
            int maxDays,
            List<Integer> facilities,
            boolean instantBooking,
            String cancellationPolicy,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @JsonUnwrapped TermsView terms,
            String door,
            String arrivalGuide,
            boolean published,
            List<EditablePhoto> images,
            List<SeasonView> seasons,
            int orderCount,
            String ctime) {}

    EditableHouse editable(OwnHouse own) {
        NewHouse house = own.house();
        MapPosition position = house.position();
        return new EditableHouse(
                own.id(),
                house.title(),
                house.prices().price().fen(),
                house.address(),
                house.areaId(),
                house.roomCount(),
                house.acreage(),
                house.unit(),
                house.capacity(),
                house.beds(),
                house.prices().deposit().fen(),
                house.minDays(),
                house.maxDays(),
                house.facilities(),
                house.instantBooking(),
                house.policy().wire(),
                position == null ? null : position.latitude(),
                position == null ? null : position.longitude(),
                terms(house.prices(), house.texts(), house.times()),
                house.arrival().door(),
                house.arrival().guide(),
                own.published(),
                own.photos().stream()
                        .map(photo -> new EditablePhoto(photo.id(), url(photo.picture(), Rendition.DETAIL)))
                        .toList(),
                seasons(own.seasons()),
                own.orderCount(),
                time.formatDate(own.createdAt()));
    }

    private Comment comment(Review review) {
        return new Comment(
                review.comment(), review.guestName(), time.format(review.createdAt()), review.stars(), review.reply());
    }

    /** The mean of all stars with one decimal; null while there are none. */
    private static @Nullable BigDecimal rating(long sum, int count) {
        return new Rating(sum, count).mean();
    }

    private String url(@Nullable String picture, Rendition rendition) {
        return picture == null ? "" : pictures.url(PictureKey.parse(picture), rendition);
    }
}
