package ihome.search.index;

import org.jspecify.annotations.Nullable;

/** Houses by id: open addressing over one array, a third of a hash map's memory. For one thread. */
final class HouseTable {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private @Nullable House[] slots;
    private int size;

    HouseTable(int expected) {
        slots = new House[Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4)];
    }

    int size() {
        return size;
    }

    /** Slots there are; many are empty. */
    int slots() {
        return slots.length;
    }

    @Nullable
    House at(int slot) {
        return slots[slot];
    }

    @Nullable
    House get(long id) {
        return slots[probe(id)];
    }

    void put(House house) {
        int at = probe(house.id());
        if (slots[at] == null) {
            size++;
        }
        slots[at] = house;
        if (size * 3L > slots.length * 2L) {
            grow();
        }
    }

    void remove(long id) {
        int hole = probe(id);
        if (slots[hole] == null) {
            return;
        }
        size--;
        slots[hole] = null;
        // Who was pushed on by this one moves back, so that no search stops short.
        for (int at = next(hole); ; at = next(at)) {
            House house = slots[at];
            if (house == null) {
                return;
            }
            int home = home(house.id());
            if ((at - home & slots.length - 1) >= (at - hole & slots.length - 1)) {
                slots[hole] = house;
                slots[at] = null;
                hole = at;
            }
        }
    }

    private void grow() {
        @Nullable House[] old = slots;
        slots = new House[old.length * 2];
        for (House house : old) {
            if (house != null) {
                slots[probe(house.id())] = house;
            }
        }
    }

    private int probe(long id) {
        int at = home(id);
        for (House house = slots[at]; house != null && house.id() != id; house = slots[at]) {
            at = next(at);
        }
        return at;
    }

    private int home(long id) {
        return hash(id) & slots.length - 1;
    }

    static int hash(long id) {
        return (int) (id * GOLDEN >>> 32);
    }

    private int next(int at) {
        return at + 1 & slots.length - 1;
    }
}
