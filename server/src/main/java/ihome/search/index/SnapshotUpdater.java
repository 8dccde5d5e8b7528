package ihome.search.index;

import ihome.changeevents.NightsTaken;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts what has changed into the houses of one build, snapshot after snapshot. For one thread. */
final class SnapshotUpdater {
    private final Source source;
    private final HouseTable table;
    /** Houses with nights taken after the last one that is held. */
    private final Set<Long> beyond;

    SnapshotUpdater(Source source, HouseTable table, Set<Long> beyond) {
        this.source = source;
        this.table = table;
        this.beyond = new HashSet<>(beyond);
    }

    HouseTable table() {
        return table;
    }

    /** Houses that have to be read again when further nights are held. */
    Set<Long> beyond() {
        return beyond;
    }

    /**
     * The next snapshot.
     *
     * @param houses to be read anew
     * @param nights houses of which nothing but their nights is read anew
     * @param claims what is taken of others; of these houses it is in what will be read
     */
    Snapshot with(Snapshot snapshot, Set<Long> houses, Set<Long> nights, List<Claim> claims) {
        Draft draft = new Draft(snapshot, table);
        if (!houses.isEmpty()) {
            readHouses(draft, snapshot, houses);
        }
        Set<Long> others = new HashSet<>(nights);
        others.removeAll(houses);
        if (!others.isEmpty()) {
            readNights(draft, snapshot, others);
        }
        for (Claim claim : claims) {
            if (!houses.contains(claim.house()) && !nights.contains(claim.house())) {
                put(draft, snapshot.nights(), claim.nights());
            }
        }
        return draft.finished();
    }

    private void readHouses(Draft draft, Snapshot snapshot, Set<Long> houses) {
        Set<Long> gone = new HashSet<>(houses);
        for (IndexStore.Row row : source.read(snapshot.nights(), houses)) {
            gone.remove(row.house().id());
            note(row.house().id(), row.beyond());
            draft.put(row.packed(snapshot.cards()), row.nights());
        }
        gone.forEach(draft::remove);
        beyond.removeAll(gone);
    }

    private void readNights(Draft draft, Snapshot snapshot, Set<Long> houses) {
        for (IndexStore.Taken taken : source.readNights(snapshot.nights(), houses)) {
            House house = table.get(taken.house());
            // One that is not there cannot be found; when it is published that is told by itself.
            if (house != null) {
                note(house.id(), taken.beyond());
                draft.put(house, taken.nights());
            }
        }
    }

    private void put(Draft draft, Nights nights, NightsTaken taken) {
        House house = table.get(taken.house());
        if (house == null) {
            return;
        }
        if (taken.until().isAfter(nights.end())) {
            beyond.add(taken.house());
        }
        draft.take(house, Math.max(0, nights.index(taken.from())), Math.min(Nights.COUNT, nights.index(taken.until())));
    }

    private void note(long house, boolean hasNightsBeyond) {
        if (hasNightsBeyond) {
            beyond.add(house);
        } else {
            beyond.remove(house);
        }
    }
}
