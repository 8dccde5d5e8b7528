package ihome.listing;

import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.time.SiteTime;
import ihome.review.Review;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
            String ctime) {}

    /** The shape {@code full house}. */
    record FullHouse(
            long hid,
            long userId,
            String userName,
            String userAvatar,
            String title,
            long price,
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
            int ratingCount) {}

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
                time.formatDate(house.createdAt()));
    }

    FullHouse full(HouseDetail house, List<Review> reviews) {
        return new FullHouse(
                house.id(),
                house.ownerId(),
                house.ownerName(),
                url(house.ownerAvatar(), Rendition.AVATAR),
                house.title(),
                house.price(),
                house.address(),
                house.roomCount(),
                house.acreage(),
                house.unit(),
                house.capacity(),
                house.beds(),
                house.deposit(),
                house.minDays(),
                house.maxDays(),
                house.pictures().stream()
                        .map(picture -> url(picture, Rendition.DETAIL))
                        .toList(),
                house.facilities(),
                reviews.stream().map(this::comment).toList(),
                house.instantBooking(),
                house.cancellationPolicy(),
                rating(house),
                house.ratingCount());
    }

    private Comment comment(Review review) {
        return new Comment(
                review.comment(), review.guestName(), time.format(review.createdAt()), review.stars(), review.reply());
    }

    /** The mean of all stars with one decimal; null while there are none. */
    private static @Nullable BigDecimal rating(HouseDetail house) {
        return house.ratingCount() == 0
                ? null
                : BigDecimal.valueOf(house.ratingSum())
                        .divide(BigDecimal.valueOf(house.ratingCount()), 1, RoundingMode.HALF_UP);
    }

    private String url(@Nullable String picture, Rendition rendition) {
        return picture == null ? "" : pictures.url(PictureKey.parse(picture), rendition);
    }
}
