package ihome.search.index;

import org.jspecify.annotations.Nullable;

/**
 * All houses at one moment. Immutable.
 *
 * @param cards unpacks the houses' cards
 * @param lists by order, then by area: the chunks in their order; area 0 is everywhere
 */
// Nobody compares snapshots, orders are places in an array here, and one house is one object in all lists.
@SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal", "ReferenceEquality"})
record Snapshot(Nights nights, HouseCardCodec cards, Chunk[][][] lists, int houses) {
    private static final Chunk[] NONE = {};

    /** @param area 0: everywhere */
    Chunk[] list(Order order, int area) {
        Chunk[][] byArea = lists[order.ordinal()];
        return area < byArea.length ? byArea[area] : NONE;
    }

    static Snapshot empty(Nights nights, HouseCardCodec cards) {
        Chunk[][][] lists = new Chunk[Order.values().length][1][];
        for (Chunk[][] byArea : lists) {
            byArea[0] = NONE;
        }
        return new Snapshot(nights, cards, lists, 0);
    }

    /** The same houses, so many blocks of nights later; of the new nights none is taken. */
    Snapshot rolled(int blocks) {
        Chunk[][][] rolled = new Chunk[lists.length][][];
        for (int order = 0; order < lists.length; order++) {
            rolled[order] = new Chunk[lists[order].length][];
            for (int area = 0; area < lists[order].length; area++) {
                Chunk[] chunks = lists[order][area].clone();
                for (int i = 0; i < chunks.length; i++) {
                    chunks[i] = chunks[i].rolled(blocks);
                }
                rolled[order][area] = chunks;
            }
        }
        return new Snapshot(new Nights(nights.firstBlock() + blocks), cards, rolled, houses);
    }

    /** The nights of a house as one list has them; null when it is not where that list should have it. */
    long @Nullable [] nights(Order order, int area, House house) {
        Chunk[] chunks = list(order, area);
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(chunks[middle].house(0), house) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return null;
        }
        Chunk chunk = chunks[low];
        int place = Chunk.place(chunk.houses(), chunk.size(), order, house);
        return place < chunk.size() && chunk.house(place) == house ? chunk.nights(place) : null;
    }

    /** Bytes of the bitmaps of nights. */
    long bytes() {
        long bytes = 0;
        for (Chunk[][] byArea : lists) {
            for (Chunk[] chunks : byArea) {
                for (Chunk chunk : chunks) {
                    for (long[] block : chunk.blocks()) {
                        bytes += bytes(block);
                    }
                    for (int b = 0; b < Nights.BLOCKS; b++) {
                        bytes += bytes(chunk.fours().getAcquire(b));
                    }
                }
            }
        }
        return bytes;
    }

    private static long bytes(long @Nullable [] block) {
        return block == null || block == Chunk.NOBODY ? 0 : Chunk.BLOCK_WORDS * (long) Long.BYTES;
    }

    /** Whether changes have left far more chunks than the houses need. */
    boolean isScattered() {
        long chunks = 0;
        long lists = 0;
        for (Chunk[][] byArea : this.lists) {
            for (Chunk[] list : byArea) {
                chunks += list.length;
                lists++;
            }
        }
        return chunks > 2 * lists + 6L * 3 * houses / Chunk.PLACES;
    }
}
