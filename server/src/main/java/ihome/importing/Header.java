package ihome.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which column of the file holds what. */
final class Header {
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final List<String> names;

    /** @throws UnusableFile a required column is missing; the message names it */
    Header(List<String> names) {
        this.names = names.stream().map(Header::clean).toList();
        List<String> missing = new ArrayList<>();
        for (Column column : Column.values()) {
            int place = place(column);
            if (place >= 0) {
                places.put(column, place);
            } else if (column.required()) {
                missing.add(String.join(" or ", column.names()));
            }
        }
        if (!missing.isEmpty()) {
            throw new UnusableFile("missing column: " + String.join("; ", missing));
        }
    }

    private static String clean(String name) {
        return name.replace("\uFEFF", "").strip();
    }

    private int place(Column column) {
        for (String name : column.names()) {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    int width() {
        return names.size();
    }

    /** The column's name as the file writes it. */
    String name(Column column) {
        Integer place = places.get(column);
        return place == null ? column.names().getFirst() : names.get(place);
    }

    /** The field without blanks around it; empty when the file has no such column. */
    String field(Column column, List<String> fields) {
        Integer place = places.get(column);
        return place == null || place >= fields.size() ? "" : fields.get(place).strip();
    }
}
