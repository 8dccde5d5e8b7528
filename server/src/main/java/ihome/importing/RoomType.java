package ihome.importing;

import java.util.Locale;

/** What a guest gets to himself. */
enum RoomType {
    ENTIRE_HOME("整套房源"),
    PRIVATE_ROOM("独立房间"),
    SHARED_ROOM("合住房间"),
    HOTEL_ROOM("酒店房间");

    private final String chinese;

    RoomType(String chinese) {
        this.chinese = chinese;
    }

    /** As guests read it. */
    String chinese() {
        return chinese;
    }

    /** Reads the file's "Entire home/apt", "Private room", "Shared room", "Hotel room"; an unknown one is a home. */
    static RoomType of(String text) {
        String type = text.toLowerCase(Locale.ROOT);
        if (type.startsWith("private")) {
            return PRIVATE_ROOM;
        }
        if (type.startsWith("shared")) {
            return SHARED_ROOM;
        }
        return type.startsWith("hotel") ? HOTEL_ROOM : ENTIRE_HOME;
    }
}
