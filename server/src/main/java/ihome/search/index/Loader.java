package ihome.search.index;

import ihome.platform.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the whole index from one state of the database: the houses on one connection, the nights on another. */
final class Loader {
    /** So many houses tell what their cards have in common. */
    private static final int SAMPLES = 1_000;

    private final IndexStore store;
    private final Nights nights;
    private final List<House> samples = new ArrayList<>();
    private @Nullable HouseCardCodec cards;

    Loader(IndexStore store, Nights nights) {
        this.store = store;
        this.nights = nights;
    }

    /** @param beyond the houses with nights taken after the last one that is held */
    record Loaded(Snapshot snapshot, HouseTable table, Set<Long> beyond) {}

    /** @param another opens the second connection */
    Loaded load(Handle connection, Supplier<Handle> another) {
        return connection.inTransaction(tx -> {
            Database.beginSnapshot(tx);
            String seen = store.seen(tx);
            store.prepare(tx);
            FutureTask<TakenNights> reading = new FutureTask<>(() -> taken(another, seen));
            Thread.ofPlatform().name("search-index-nights").daemon().start(reading);
            HouseTable table = houses(tx);
            TakenNights taken = done(reading);
            return new Loaded(new Builder(nights, cards(), table, taken).finished(), table, taken.beyond());
        });
    }

    private TakenNights taken(Supplier<Handle> another, String seen) {
        TakenNights taken = new TakenNights();
        try (Handle connection = another.get()) {
            connection.useTransaction(tx -> {
                Database.beginSnapshot(tx);
                store.see(tx, seen);
                store.prepare(tx);
                store.eachNight(tx, nights, taken::take);
            });
        }
        return taken;
    }

    private static TakenNights done(FutureTask<TakenNights> reading) {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the nights could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private HouseTable houses(Handle tx) {
        HouseTable table = new HouseTable(store.houses(tx));
        store.eachHouse(tx, nights, house -> {
            if (cards == null && samples.size() < SAMPLES) {
                samples.add(house);
            } else {
                table.put(packed(house));
            }
        });
        samples.forEach(house -> table.put(packed(house)));
        return table;
    }

    private HouseCardCodec cards() {
        HouseCardCodec known = cards;
        if (known == null) {
            known = HouseCardCodec.of(samples.stream().map(House::card).toList());
            cards = known;
        }
        return known;
    }

    private House packed(House house) {
        return IndexStore.with(house, cards().pack(house.card()));
    }
}
