package ihome.search.index;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Compares some houses of the index with the database, again and again: some that the database has, some that the index
 * has. One that differs may have been changed a moment ago, so it is looked at once more the next time, by when its change
 * must have been told.
 */
final class SelfCheck {
    private static final int SAMPLE = 8;

    private final IndexStore store;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private Set<Long> suspects = Set.of();
    private String what = "";

    SelfCheck(IndexStore store) {
        this.store = store;
    }

    /** How it differs. */
    String what() {
        return what;
    }

    /** False when a house differed in two checks that followed each other. */
    boolean agrees(Handle handle, Snapshot snapshot, HouseTable table) {
        Set<Long> houses = new HashSet<>(suspects);
        houses.addAll(store.some(handle, random.nextLong(store.highestId(handle) + 1), SAMPLE));
        for (int i = 0; i < SAMPLE; i++) {
            House house = table.at(random.nextInt(table.slots()));
            if (house != null) {
                houses.add(house.id());
            }
        }
        Set<Long> different = new HashSet<>();
        List<IndexStore.Row> rows = store.read(handle, snapshot.nights(), houses);
        for (IndexStore.Row row : rows) {
            houses.remove(row.house().id());
            String difference = difference(snapshot, table.get(row.house().id()), row);
            if (difference != null) {
                different.add(row.house().id());
                what = "house " + row.house().id() + ": " + difference;
            }
        }
        for (long house : houses) {
            if (table.get(house) != null) {
                different.add(house);
                what = "house " + house + " is not there any more";
            }
        }
        boolean again = different.stream().anyMatch(suspects::contains);
        suspects = again ? Set.of() : different;
        return !again;
    }

    private static @Nullable String difference(Snapshot snapshot, @Nullable House known, IndexStore.Row row) {
        if (known == null) {
            return "not known";
        }
        House house = row.packed(snapshot.cards());
        if (!known.isSame(house)) {
            return known.sameFilters(house) ? "another card" : "other filters";
        }
        for (Order order : Order.values()) {
            for (int area : new int[] {0, known.area()}) {
                if (!Arrays.equals(row.nights(), snapshot.nights(order, area, known))) {
                    return "other nights in " + order + " of area " + area;
                }
            }
        }
        return null;
    }
}
