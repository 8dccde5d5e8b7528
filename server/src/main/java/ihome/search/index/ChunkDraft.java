package ihome.search.index;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chunk that is being changed. Blocks are copied when they are first written. */
// One house, one shared bitmap, is one object.
@SuppressWarnings("ReferenceEquality")
final class ChunkDraft {
    /** Those of the chunk itself until one changes. */
    private @Nullable House[] houses;

    private final long[][] blocks;
    private final boolean[] own = new boolean[Nights.BLOCKS];
    private final Chunk before;
    private boolean sameHouses = true;
    private boolean samePlaces = true;
    private int size;

    ChunkDraft(Chunk before) {
        this.before = before;
        this.size = before.size();
        this.houses = before.houses();
        this.blocks = before.blocks().clone();
    }

    static ChunkDraft empty() {
        long[][] blocks = new long[Nights.BLOCKS][];
        Arrays.fill(blocks, Chunk.NOBODY);
        return new ChunkDraft(new Chunk(new FilterBitmaps(new House[0]), blocks));
    }

    int size() {
        return size;
    }

    House house(int place) {
        return Objects.requireNonNull(houses[place]);
    }

    boolean isFull() {
        return size == Chunk.PLACES;
    }

    Chunk finished() {
        FilterBitmaps masks = sameHouses ? before.masks() : new FilterBitmaps(known());
        return samePlaces ? before.changed(masks, blocks) : new Chunk(masks, blocks);
    }

    private House[] known() {
        House[] known = new House[size];
        for (int place = 0; place < size; place++) {
            known[place] = house(place);
        }
        return known;
    }

    /** The place of the house, or of the first one after it. */
    int place(Order order, House house) {
        return Chunk.place(houses, size, order, house);
    }

    void replace(int place, House house) {
        if (houses[place] != house) {
            ownHouses()[place] = house;
        }
    }

    void insert(int place, House house, long[] nights) {
        @Nullable House[] own = ownHouses();
        System.arraycopy(own, place, own, place + 1, size - place);
        own[place] = house;
        samePlaces = false;
        boolean last = place == size;
        size++;
        for (int b = 0; b < Nights.BLOCKS && !last; b++) {
            if (blocks[b] != Chunk.NOBODY) {
                long[] block = own(b);
                for (int n = 0; n < Nights.BLOCK; n++) {
                    Bits.insert(block, n * Bits.ROW, place);
                }
            }
        }
        setNights(place, nights);
    }

    void remove(int place) {
        @Nullable House[] own = ownHouses();
        System.arraycopy(own, place + 1, own, place, size - place - 1);
        size--;
        own[size] = null;
        samePlaces = false;
        for (int b = 0; b < Nights.BLOCKS; b++) {
            if (blocks[b] != Chunk.NOBODY) {
                long[] block = own(b);
                for (int n = 0; n < Nights.BLOCK; n++) {
                    Bits.remove(block, n * Bits.ROW, place);
                }
            }
        }
    }

    /** @param nights a bit for each night: whether it is taken */
    void setNights(int place, long[] nights) {
        for (int b = 0; b < Nights.BLOCKS; b++) {
            int wanted = (int) (nights[b / 8] >>> (b % 8 * Nights.BLOCK)) & 0xFF;
            if (wanted == 0 && blocks[b] == Chunk.NOBODY) {
                continue;
            }
            for (int n = 0; n < Nights.BLOCK; n++) {
                boolean taken = (wanted >>> n & 1) != 0;
                if (Bits.get(blocks[b], n * Bits.ROW, place) != taken) {
                    if (taken) {
                        Bits.set(own(b), n * Bits.ROW, place);
                    } else {
                        Bits.clear(own(b), n * Bits.ROW, place);
                    }
                }
            }
        }
    }

    void take(int place, int from, int until) {
        for (int night = from; night < until; night++) {
            int b = night / Nights.BLOCK;
            if (!Bits.get(blocks[b], Chunk.offset(night), place)) {
                Bits.set(own(b), Chunk.offset(night), place);
            }
        }
    }

    /** Gives the upper half away. */
    ChunkDraft split() {
        ChunkDraft upper = empty();
        int half = size / 2;
        for (int place = half; place < size; place++) {
            upper.insert(place - half, house(place), Chunk.nights(blocks, place));
        }
        for (int b = 0; b < Nights.BLOCKS; b++) {
            if (blocks[b] != Chunk.NOBODY) {
                long[] block = own(b);
                for (int n = 0; n < Nights.BLOCK; n++) {
                    int offset = n * Bits.ROW;
                    for (int bit = half; bit < size; bit++) {
                        Bits.clear(block, offset, bit);
                    }
                }
            }
        }
        Arrays.fill(ownHouses(), half, size, null);
        size = half;
        samePlaces = false;
        return upper;
    }

    private @Nullable House[] ownHouses() {
        if (sameHouses) {
            houses = Arrays.copyOf(houses, Chunk.PLACES);
            sameHouses = false;
        }
        return houses;
    }

    private long[] own(int b) {
        if (!own[b]) {
            blocks[b] = blocks[b].clone();
            own[b] = true;
        }
        return blocks[b];
    }
}
