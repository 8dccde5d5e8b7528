package ihome.search.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads the whole index from one snapshot of the database. */
final class Loader {
    /** So many houses tell what their cards have in common. */
    private static final int SAMPLES = 1_000;

    private final IndexStore store;
    private final List<House> samples = new ArrayList<>();
    private @Nullable Cards cards;

    Loader(IndexStore store) {
        this.store = store;
    }

    /** @param beyond the houses with nights taken after the last one that is held */
    record Loaded(Snapshot snapshot, HouseTable table, Set<Long> beyond) {}

    Loaded load(Handle connection, Nights nights) {
        return connection.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            HouseTable table = new HouseTable(store.prepare(tx));
            store.eachHouse(tx, house -> add(table, house));
            Cards known = cards();
            samples.forEach(house -> table.put(packed(known, house)));
            addFacilities(tx, table);
            Builder builder = new Builder(nights, known, table);
            store.eachNight(tx, nights, builder::take);
            return new Loaded(builder.finished(), table, builder.beyond());
        });
    }

    private void add(HouseTable table, House house) {
        if (samples.size() < SAMPLES && cards == null) {
            samples.add(house);
            return;
        }
        table.put(packed(cards(), house));
    }

    private Cards cards() {
        Cards known = cards;
        if (known == null) {
            known = Cards.of(samples.stream().map(House::card).toList());
            cards = known;
        }
        return known;
    }

    private static House packed(Cards cards, House house) {
        return IndexStore.with(house, house.facilities(), cards.pack(house.card()));
    }

    private void addFacilities(Handle tx, HouseTable table) {
        long[] facilities = new long[table.slots()];
        store.eachFacility(tx, (house, facility) -> {
            int slot = table.slot(house);
            if (slot >= 0) {
                facilities[slot] |= IndexStore.bit(facility);
            }
        });
        for (int slot = 0; slot < facilities.length; slot++) {
            House house = table.at(slot);
            if (house != null && facilities[slot] != 0) {
                table.put(IndexStore.with(house, facilities[slot], house.card()));
            }
        }
    }
}
