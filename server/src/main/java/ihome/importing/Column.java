package ihome.importing;

import java.util.List;

/** The columns the import reads, under every name they go by, the best first. */
enum Column {
    ROOM_ID(true, "room_id id listing_id"),
    HOST_ID(true, "host_id"),
    HOST_NAME(false, "host_name"),
    NAME(true, "name title"),
    NEIGHBOURHOOD(true, "neighbourhood_cleansed neighbourhood neighborhood"),
    LATITUDE(false, "latitude"),
    LONGITUDE(false, "longitude"),
    ROOM_TYPE(false, "room_type"),
    ACCOMMODATES(false, "accommodates"),
    BEDROOMS(false, "bedrooms"),
    BEDS(false, "beds"),
    PRICE(true, "price"),
    MINIMUM_NIGHTS(false, "minimum_nights"),
    MAXIMUM_NIGHTS(false, "maximum_nights"),
    NUMBER_OF_REVIEWS(false, "number_of_reviews"),
    FIRST_REVIEW(false, "first_review"),
    AMENITIES(false, "amenities");

    private final boolean required;
    /** Parted by blanks. */
    private final String names;

    Column(boolean required, String names) {
        this.required = required;
        this.names = names;
    }

    boolean required() {
        return required;
    }

    List<String> names() {
        return List.of(names.split(" ", -1));
    }
}
