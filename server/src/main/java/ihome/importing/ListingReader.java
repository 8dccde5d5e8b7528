package ihome.importing;

import ihome.importing.scene.Scene;
import ihome.importing.scene.Stay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Turns a row of the file into a listing of this site. */
final class ListingReader {
    private static final int LONGEST_TITLE = 128;
    /** Leaves room for what makes a taken name unique. */
    private static final int LONGEST_HOST_NAME = 20;

    private static final int LONGEST_ROOM_TYPE = 40;
    private static final int LONGEST_STAY = 365;
    private static final int MOST_ROOMS = 1000;

    private final Header header;
    private final ImportOptions options;
    private final Instant now;

    ListingReader(Header header, ImportOptions options, Instant now) {
        this.header = header;
        this.options = options;
        this.now = now;
    }

    Listing read(List<String> row) throws BadValue {
        if (row.size() != header.width()) {
            throw new BadValue(
                    Column.ROOM_ID, "the row has %d fields, the header %d".formatted(row.size(), header.width()));
        }
        Fields fields = new Fields(header, row);
        String roomId = fields.id(Column.ROOM_ID);
        String hostId = fields.id(Column.HOST_ID);
        District district = fields.district();
        String roomType = fields.text(Column.ROOM_TYPE, LONGEST_ROOM_TYPE);
        Stay stay = Stay.of(roomType);
        int rooms = limited(fields, Column.BEDROOMS, MOST_ROOMS).orElse(1);
        int minimum = Math.clamp(fields.count(Column.MINIMUM_NIGHTS).orElse(1), 1, LONGEST_STAY);
        return new Listing(
                roomId,
                hostId,
                hostName(fields, hostId),
                title(fields, district, stay),
                fields.price(),
                district.areaName(),
                rooms,
                rooms == 0 ? "开间" : rooms + "室",
                capacity(fields, stay),
                beds(limited(fields, Column.BEDS, MOST_ROOMS)),
                minimum,
                longestStay(fields, minimum),
                fields.count(Column.NUMBER_OF_REVIEWS).orElse(0),
                roomType.isEmpty() ? null : roomType,
                fields.degrees(Column.LATITUDE, 90),
                fields.degrees(Column.LONGITUDE, 180),
                createdAt(fields.date(Column.FIRST_REVIEW)),
                Amenity.facilities(fields.raw(Column.AMENITIES)),
                options.pictures() ? pictures(roomId, stay, district) : List.of());
    }

    private static OptionalInt limited(Fields fields, Column column, int most) throws BadValue {
        OptionalInt count = fields.count(column);
        if (count.orElse(0) > most) {
            throw new BadValue(column, "above " + most);
        }
        return count;
    }

    private static String hostName(Fields fields, String hostId) {
        String name = fields.text(Column.HOST_NAME, LONGEST_HOST_NAME);
        return name.isEmpty() ? "房东" + hostId : name;
    }

    private static String title(Fields fields, District district, Stay stay) {
        String title = fields.text(Column.NAME, LONGEST_TITLE);
        return title.isEmpty() ? district.areaName() + stay.chinese() : title;
    }

    /** 0 and nothing both mean that the file does not know; the site needs at least 1. */
    private static int capacity(Fields fields, Stay stay) throws BadValue {
        int told = limited(fields, Column.ACCOMMODATES, MOST_ROOMS).orElse(0);
        return told > 0 ? told : stay == Stay.SHARED_ROOM ? 1 : 2;
    }

    private static String beds(OptionalInt count) {
        return count.orElse(0) == 0 ? "未注明" : count.getAsInt() + "张床";
    }

    private static int longestStay(Fields fields, int minimum) throws BadValue {
        int told = fields.count(Column.MAXIMUM_NIGHTS).orElse(0);
        return told == 0 || told > LONGEST_STAY ? 0 : Math.max(told, minimum);
    }

    private Instant createdAt(@Nullable LocalDate firstReview) {
        if (firstReview == null) {
            return now;
        }
        Instant start = firstReview.atStartOfDay(options.zone()).toInstant();
        return start.isAfter(now) ? now : start;
    }

    private static List<String> pictures(String roomId, Stay stay, District district) {
        return Scene.of("airbnb:" + roomId, stay, district.surroundings()).stream()
                .map(Scene::pictureKey)
                .toList();
    }
}
