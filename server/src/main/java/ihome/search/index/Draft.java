package ihome.search.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The next snapshot, while changes are put into it. The table is changed along. */
// An order is a place in an array.
@SuppressWarnings("EnumOrdinal")
final class Draft {
    private final Snapshot before;
    private final HouseTable table;
    private final @Nullable ListDraft[][] lists;

    Draft(Snapshot before, HouseTable table) {
        this.before = before;
        this.table = table;
        this.lists = new ListDraft[Order.values().length][];
        for (Order order : Order.values()) {
            lists[order.ordinal()] = new ListDraft[before.lists()[order.ordinal()].length];
        }
    }

    /** @param nights a bit for each taken night */
    void put(House given, long[] nights) {
        House old = table.get(given.id());
        // The one that is there, where only its nights are others: then what was made from the houses stays.
        House house = old != null && old.isSameFrom(before.nights().firstDay(), given) ? old : given;
        for (Order order : Order.values()) {
            if (old == null) {
                list(order, 0).insert(house, nights);
                list(order, house.area()).insert(house, nights);
                continue;
            }
            change(list(order, 0), order, old, house, nights);
            if (old.area() == house.area()) {
                change(list(order, house.area()), order, old, house, nights);
            } else {
                list(order, old.area()).remove(old);
                list(order, house.area()).insert(house, nights);
            }
        }
        table.put(house);
    }

    /**
     * Takes nights of a house that is there.
     *
     * @param until the night after the last one
     */
    void take(House house, int from, int until) {
        for (Order order : Order.values()) {
            list(order, 0).take(house, from, until);
            list(order, house.area()).take(house, from, until);
        }
    }

    private static void change(ListDraft list, Order order, House old, House house, long[] nights) {
        if (order.compare(old, house) == 0) {
            list.replace(old, house, nights);
        } else {
            list.remove(old);
            list.insert(house, nights);
        }
    }

    /** A house that is not there is gone already. */
    void remove(long id) {
        House old = table.get(id);
        if (old == null) {
            return;
        }
        for (Order order : Order.values()) {
            list(order, 0).remove(old);
            list(order, old.area()).remove(old);
        }
        table.remove(id);
    }

    Snapshot finished() {
        Chunk[][][] finished = new Chunk[lists.length][][];
        for (Order order : Order.values()) {
            @Nullable ListDraft[] byArea = lists[order.ordinal()];
            finished[order.ordinal()] = new Chunk[byArea.length][];
            for (int area = 0; area < byArea.length; area++) {
                ListDraft draft = byArea[area];
                finished[order.ordinal()][area] = draft == null ? before.list(order, area) : draft.finished();
            }
        }
        return new Snapshot(before.nights(), before.cards(), finished, table.size());
    }

    private ListDraft list(Order order, int area) {
        @Nullable ListDraft[] byArea = lists[order.ordinal()];
        if (area >= byArea.length) {
            byArea = Arrays.copyOf(byArea, area + 1);
            lists[order.ordinal()] = byArea;
        }
        ListDraft known = byArea[area];
        if (known == null) {
            known = new ListDraft(order, before.list(order, area));
            byArea[area] = known;
        }
        return known;
    }
}
