package ihome.listing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A house as lists show it.
 *
 * @param price fen a night
 * @param mainImage picture key; null when there is none
 * @param ownerAvatar picture key; null when there is none
 * @param ratingSum all stars together
 * @param ratingCount how many guests gave stars
 * @param published false once its host took it down
 */
public record HouseSummary(
        long id,
        String title,
        long price,
        String areaName,
        @Nullable String mainImage,
        int roomCount,
        int orderCount,
        String address,
        @Nullable String ownerAvatar,
        Instant createdAt,
        int capacity,
        String beds,
        long ratingSum,
        int ratingCount,
        boolean published) {

    /** The columns that {@link #of} reads, of house {@code h}; conditions follow. */
    public static final String SELECT = """
            select h.id, h.title, h.price, h.main_image, h.room_count, h.order_count, h.address, h.created_at,
                   h.capacity, h.beds, h.rating_sum, h.rating_count, h.published,
                   area.name as area_name, owner.avatar as owner_avatar
            from house h
            join area on area.id = h.area_id
            join account owner on owner.id = h.owner_id
            """;

    /** Reads a row of {@link #SELECT}. */
    public static HouseSummary of(ResultSet row) throws SQLException {
        return new HouseSummary(
                row.getLong("id"),
                row.getString("title"),
                row.getLong("price"),
                row.getString("area_name"),
                row.getString("main_image"),
                row.getInt("room_count"),
                row.getInt("order_count"),
                row.getString("address"),
                row.getString("owner_avatar"),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("capacity"),
                row.getString("beds"),
                row.getLong("rating_sum"),
                row.getInt("rating_count"),
                row.getBoolean("published"));
    }
}
