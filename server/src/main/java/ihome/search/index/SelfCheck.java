package ihome.search.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Compares some houses of the index with the database, again and again: some that the database has, some that the index
 * has. One that differs may have been changed a moment ago, so it is looked at once more the next time. Only when the
 * database then says what it said before is the house's change one that the index should have been told of in between; a
 * house that is booked all the time differs each time by another change.
 */
final class SelfCheck {
    private static final int SAMPLE = 8;

    private final IndexStore store;
    private final RandomGenerator random = RandomGenerator.getDefault();
    /** Houses that differed the last time, and what the database said of each: empty when it cannot be found. */
    private Map<Long, Optional<IndexStore.Row>> suspects = Map.of();

    private String what = "";

    SelfCheck(IndexStore store) {
        this.store = store;
    }

    /** How it differs. */
    String what() {
        return what;
    }

    /** False when a house differed in two checks that followed each other, and has not changed between them. */
    boolean agrees(Handle handle, Snapshot snapshot, HouseTable table) {
        Set<Long> houses = new HashSet<>(suspects.keySet());
        houses.addAll(store.some(handle, random.nextLong(store.highestId(handle) + 1), SAMPLE));
        for (int i = 0; i < SAMPLE; i++) {
            House house = table.at(random.nextInt(table.slots()));
            if (house != null) {
                houses.add(house.id());
            }
        }
        Map<Long, IndexStore.Row> present = new HashMap<>();
        store.read(handle, snapshot.nights(), houses)
                .forEach(row -> present.put(row.house().id(), row));
        return agrees(snapshot, table, houses, present);
    }

    private boolean agrees(Snapshot snapshot, HouseTable table, Set<Long> houses, Map<Long, IndexStore.Row> present) {
        Map<Long, Optional<IndexStore.Row>> different = new HashMap<>();
        boolean sound = true;
        for (long house : houses) {
            Optional<IndexStore.Row> row = Optional.ofNullable(present.get(house));
            String difference = difference(snapshot, table.get(house), row);
            if (difference == null) {
                continue;
            }
            different.put(house, row);
            Optional<IndexStore.Row> before = suspects.get(house);
            if (before != null && isSame(snapshot.nights(), before, row)) {
                what = "house " + house + ": " + difference;
                sound = false;
            }
        }
        suspects = sound ? different : Map.of();
        return sound;
    }

    private static boolean isSame(Nights nights, Optional<IndexStore.Row> before, Optional<IndexStore.Row> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return before.isEmpty() && now.isEmpty();
        }
        return before.get().isSameFrom(nights.firstDay(), now.get());
    }

    private static @Nullable String difference(
            Snapshot snapshot, @Nullable House known, Optional<IndexStore.Row> present) {
        if (present.isEmpty()) {
            return known == null ? null : "not there any more";
        }
        if (known == null) {
            return "not known";
        }
        IndexStore.Row row = present.get();
        House house = row.packed(snapshot.cards());
        int first = snapshot.nights().firstDay();
        if (!known.isSameFrom(first, house)) {
            return known.hasSameFiltersFrom(first, house) ? "another card" : "other filters";
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
