package ihome.importing.scene;

import java.util.Locale;

/** What a guest gets to himself. */
public enum Stay {
    ENTIRE_HOME("整套房源"),
    PRIVATE_ROOM("独立房间"),
    SHARED_ROOM("合住房间"),
    HOTEL_ROOM("酒店房间");

    private final String chinese;

    Stay(String chinese) {
        this.chinese = chinese;
    }

    /** As guests read it. */
    public String chinese() {
        return chinese;
    }

    /** Reads the file's "Entire home/apt", "Private room", "Shared room", "Hotel room"; an unknown one is a home. */
    public static Stay of(String roomType) {
        String type = roomType.toLowerCase(Locale.ROOT);
        if (type.startsWith("private")) {
            return PRIVATE_ROOM;
        }
        if (type.startsWith("shared")) {
            return SHARED_ROOM;
        }
        return type.startsWith("hotel") ? HOTEL_ROOM : ENTIRE_HOME;
    }
}
