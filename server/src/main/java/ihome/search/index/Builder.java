package ihome.search.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a snapshot of many houses at once: one chunk after the other is filled, so that what is written at a time fits
 * into a core's cache.
 */
final class Builder {
    /** Left free in a chunk's first making, so that the first change of a price does not split it. */
    private static final int FILL = Chunk.PLACES * 7 / 8;

    private final Nights nights;
    private final Cards cards;
    private final HouseTable table;
    private final TakenNights taken;

    Builder(Nights nights, Cards cards, HouseTable table, TakenNights taken) {
        this.nights = nights;
        this.cards = cards;
        this.table = table;
        this.taken = taken;
    }

    Snapshot finished() {
        House[] houses = houses();
        int areas = Arrays.stream(houses).mapToInt(House::area).max().orElse(0);
        Chunk[][][] lists = new Chunk[Order.values().length][areas + 1][];
        for (Order order : Order.values()) {
            Chunk[][] byArea = lists[order.ordinal()];
            Arrays.sort(houses, order::compare);
            byArea[0] = chunks(houses, 0, houses.length);
            // Stable, so that each area's houses keep their order.
            Arrays.sort(houses, Comparator.comparingInt(House::area));
            int from = 0;
            for (int area = 1; area <= areas; area++) {
                int until = from;
                while (until < houses.length && houses[until].area() == area) {
                    until++;
                }
                byArea[area] = chunks(houses, from, until);
                from = until;
            }
        }
        return new Snapshot(nights, cards, lists, houses.length);
    }

    private House[] houses() {
        House[] houses = new House[table.size()];
        int n = 0;
        for (int slot = 0; slot < table.slots(); slot++) {
            House house = table.at(slot);
            if (house != null) {
                houses[n++] = house;
            }
        }
        return houses;
    }

    private Chunk[] chunks(House[] sorted, int from, int until) {
        List<Chunk> chunks = new ArrayList<>();
        for (int at = from; at < until; at += FILL) {
            chunks.add(chunk(Arrays.copyOfRange(sorted, at, Math.min(until, at + FILL))));
        }
        return chunks.toArray(Chunk[]::new);
    }

    private Chunk chunk(House[] houses) {
        long[][] blocks = new long[Nights.BLOCKS][];
        Arrays.fill(blocks, Chunk.NOBODY);
        for (int place = 0; place < houses.length; place++) {
            int row = taken.row(houses[place].id());
            for (int w = 0; w < Nights.WORDS && row >= 0; w++) {
                for (long left = taken.word(row, w); left != 0; left &= left - 1) {
                    int night = w * 64 + Long.numberOfTrailingZeros(left);
                    int b = night / Nights.BLOCK;
                    if (blocks[b] == Chunk.NOBODY) {
                        blocks[b] = new long[Chunk.BLOCK_WORDS];
                    }
                    Bits.set(blocks[b], Chunk.offset(night), place);
                }
            }
        }
        return new Chunk(new Masks(houses), blocks);
    }
}
