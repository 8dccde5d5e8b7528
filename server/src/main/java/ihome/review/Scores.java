package ihome.review;

import org.jspecify.annotations.Nullable;

/** What a guest gave for six sides of a stay, each 1 to 5; null where nothing was given. */
public record Scores(
        @Nullable Integer clean,
        @Nullable Integer accurate,
        @Nullable Integer checkIn,
        @Nullable Integer host,
        @Nullable Integer place,
        @Nullable Integer value) {
    public static final Scores NONE = new Scores(null, null, null, null, null, null);
}
