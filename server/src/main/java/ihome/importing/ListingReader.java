package ihome.importing;

import ihome.stay.Stay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a row of the file into a listing of this site. */
final class ListingReader {
    private static final int LONGEST_TITLE = 128;
    /** Leaves room for what makes a taken name unique. */
    private static final int LONGEST_HOST_NAME = 20;

    private static final int LONGEST_ROOM_TYPE = 40;
    private static final int MOST_ROOMS = 1000;
    private static final int MOST_REVIEWS = 1_000_000;

    private final Header header;
    private final Places places;
    private final ImportOptions options;
    private final Instant now;

    ListingReader(Header header, Places places, ImportOptions options, Instant now) {
        this.header = header;
        this.places = places;
        this.options = options;
        this.now = now;
    }

    /**
     * @param ignored is told of values that are not needed and were not understood: they count as not told
     * @throws BadValue something that every listing needs
     */
    Listing read(List<String> row, Consumer<BadValue> ignored) throws BadValue {
        if (row.size() != header.width()) {
            throw new BadValue(
                    Column.ROOM_ID, "the row has %d fields, the header %d".formatted(row.size(), header.width()));
        }
        Fields fields = new Fields(header, row);
        String roomId = fields.id(Column.ROOM_ID);
        String hostId = fields.id(Column.HOST_ID);
        Places.Place place = fields.place(places);
        String toldRoomType = fields.text(Column.ROOM_TYPE, LONGEST_ROOM_TYPE);
        RoomType roomType = RoomType.of(toldRoomType);
        Told told = new Told(ignored);
        int rooms =
                told.count(() -> limited(fields, Column.BEDROOMS, MOST_ROOMS)).orElse(1);
        int minimum =
                Math.clamp(told.count(() -> fields.count(Column.MINIMUM_NIGHTS)).orElse(1), 1, Stay.LONGEST);
        Double latitude = told.value(() -> fields.degrees(Column.LATITUDE, 90));
        Double longitude = told.value(() -> fields.degrees(Column.LONGITUDE, 180));
        boolean placed = latitude != null && longitude != null;
        return new Listing(
                roomId,
                hostId,
                hostName(fields, hostId),
                title(fields, place, roomType),
                fields.price(),
                place.name(),
                rooms,
                rooms == 0 ? "开间" : rooms + "室",
                capacity(told.count(() -> limited(fields, Column.ACCOMMODATES, MOST_ROOMS)), roomType),
                beds(told.count(() -> limited(fields, Column.BEDS, MOST_ROOMS))),
                minimum,
                longestStay(told.count(() -> fields.count(Column.MAXIMUM_NIGHTS)), minimum),
                told.count(() -> limited(fields, Column.NUMBER_OF_REVIEWS, MOST_REVIEWS))
                        .orElse(0),
                toldRoomType.isEmpty() ? null : toldRoomType,
                placed ? latitude : null,
                placed ? longitude : null,
                createdAt(told.value(() -> fields.date(Column.FIRST_REVIEW))),
                Amenity.facilities(fields.raw(Column.AMENITIES)),
                options.pictures() ? pictures(options.source() + ":" + roomId, roomType, place) : List.of());
    }

    /** Values that the file may tell. What is wrong with one costs this value and not the row. */
    private record Told(Consumer<BadValue> ignored) {
        interface Reading<T extends @Nullable Object> {
            T read() throws BadValue;
        }

        OptionalInt count(Reading<OptionalInt> reading) {
            try {
                return reading.read();
            } catch (BadValue e) {
                ignored.accept(e);
                return OptionalInt.empty();
            }
        }

        <T> @Nullable T value(Reading<@Nullable T> reading) {
            try {
                return reading.read();
            } catch (BadValue e) {
                ignored.accept(e);
                return null;
            }
        }
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

    private static String title(Fields fields, Places.Place place, RoomType roomType) {
        String title = fields.text(Column.NAME, LONGEST_TITLE);
        return title.isEmpty() ? place.name() + roomType.chinese() : title;
    }

    /** 0 and nothing both mean that the file does not know; the site needs at least 1. */
    private static int capacity(OptionalInt count, RoomType roomType) {
        int told = count.orElse(0);
        return told > 0 ? told : roomType == RoomType.SHARED_ROOM ? 1 : 2;
    }

    private static String beds(OptionalInt count) {
        return count.orElse(0) == 0 ? "未注明" : count.getAsInt() + "张床";
    }

    /** Hosts who want no limit write the largest number that fits somewhere. */
    private static int longestStay(OptionalInt count, int minimum) {
        int told = count.orElse(0);
        return told == 0 || told > Stay.LONGEST ? 0 : Math.max(told, minimum);
    }

    private Instant createdAt(@Nullable LocalDate firstReview) {
        if (firstReview == null) {
            return now;
        }
        Instant start = firstReview.atStartOfDay(options.zone()).toInstant();
        return start.isAfter(now) ? now : start;
    }

    private static List<String> pictures(String house, RoomType roomType, Places.Place place) {
        return PlaceholderPicture.of(house, roomType, place.surroundings()).stream()
                .map(PlaceholderPicture::pictureKey)
                .toList();
    }
}
