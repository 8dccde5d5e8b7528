package ihome.search.index;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes a snapshot of many houses at once: each core fills one chunk after the other, so that what it writes at a time fits
 * into its cache.
 */
// An order is a place in an array; one house, one shared bitmap, is one object.
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"})
final class Builder {
    /** Left free in a chunk's first making, so that the first change of a price does not split it. */
    private static final int FILL = Chunk.PLACES * 7 / 8;

    private final Nights nights;
    private final HouseCardCodec cards;
    private final HouseTable table;
    private final TakenNights taken;

    Builder(Nights nights, HouseCardCodec cards, HouseTable table, TakenNights taken) {
        this.nights = nights;
        this.cards = cards;
        this.table = table;
        this.taken = taken;
    }

    Snapshot finished() {
        House[] houses = houses();
        int[] rows = new int[houses.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = taken.row(houses[i].id());
        }
        int areas = Arrays.stream(houses).mapToInt(House::area).max().orElse(0);
        int[] byId = Radix.sorted(IntStream.range(0, houses.length).toArray(), i -> houses[i].id());
        Chunk[][][] lists = Arrays.stream(Order.values())
                .parallel()
                .map(order -> lists(order, houses, rows, byId, areas))
                .toArray(Chunk[][][]::new);
        return new Snapshot(nights, cards, lists, houses.length);
    }

    /** By area, 0 for all of them: the houses in this order. */
    private Chunk[][] lists(Order order, House[] houses, int[] rows, int[] byId, int areas) {
        Chunk[][] byArea = new Chunk[areas + 1][];
        int[] sorted = Radix.sorted(byId, i -> order.key(houses[i]));
        byArea[0] = chunks(houses, rows, sorted, 0, sorted.length);
        // Stable, so that each area's houses keep their order.
        sorted = Radix.sorted(sorted, i -> houses[i].area());
        int from = 0;
        for (int area = 1; area <= areas; area++) {
            int until = from;
            while (until < sorted.length && houses[sorted[until]].area() == area) {
                until++;
            }
            byArea[area] = chunks(houses, rows, sorted, from, until);
            from = until;
        }
        return byArea;
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

    private Chunk[] chunks(House[] houses, int[] rows, int[] sorted, int from, int until) {
        return IntStream.range(0, Math.ceilDiv(until - from, FILL))
                .parallel()
                .mapToObj(chunk -> {
                    int at = from + chunk * FILL;
                    int[] these = Arrays.copyOfRange(sorted, at, Math.min(until, at + FILL));
                    return chunk(
                            Arrays.stream(these).mapToObj(i -> houses[i]).toArray(House[]::new),
                            Arrays.stream(these).map(i -> rows[i]).toArray());
                })
                .toArray(Chunk[]::new);
    }

    private Chunk chunk(House[] houses, int[] rows) {
        long[][] blocks = new long[Nights.BLOCKS][];
        Arrays.fill(blocks, Chunk.NOBODY);
        long[] square = new long[64];
        for (int group = 0; group * 64 < rows.length; group++) {
            for (int word = 0; word < Nights.WORDS; word++) {
                long any = 0;
                for (int i = 0; i < 64; i++) {
                    int place = group * 64 + i;
                    int row = place < rows.length ? rows[place] : -1;
                    square[i] = row < 0 ? 0 : taken.word(row, word);
                    any |= square[i];
                }
                if (any != 0) {
                    Bits.transpose(square);
                    spread(square, word, group, blocks);
                }
            }
        }
        return new Chunk(new FilterBitmaps(houses), blocks);
    }

    /** @param square for each night of a word who has taken it, a bit for each place of the group */
    private static void spread(long[] square, int word, int group, long[][] blocks) {
        for (int i = 0; i < 64; i++) {
            if (square[i] != 0) {
                int night = word * 64 + i;
                int b = night / Nights.BLOCK;
                if (blocks[b] == Chunk.NOBODY) {
                    blocks[b] = new long[Chunk.BLOCK_WORDS];
                }
                blocks[b][Chunk.offset(night) + group] = square[i];
            }
        }
    }
}
