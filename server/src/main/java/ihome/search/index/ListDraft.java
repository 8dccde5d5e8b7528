package ihome.search.index;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of chunks that is being changed. */
final class ListDraft {
    /** A chunk as it was, until it is changed. */
    private static final class Part {
        private final @Nullable Chunk chunk;
        private @Nullable ChunkDraft draft;

        Part(Chunk chunk) {
            this.chunk = chunk;
        }

        Part(ChunkDraft draft) {
            this.chunk = null;
            this.draft = draft;
        }

        ChunkDraft draft() {
            ChunkDraft known = draft;
            if (known == null) {
                known = chunk == null ? ChunkDraft.empty() : new ChunkDraft(chunk);
                draft = known;
            }
            return known;
        }

        House first() {
            return draft != null || chunk == null ? draft().house(0) : chunk.house(0);
        }

        Chunk finished() {
            return draft != null || chunk == null ? draft().finished() : chunk;
        }
    }

    private final Order order;
    private final List<Part> parts;

    ListDraft(Order order, Chunk[] chunks) {
        this.order = order;
        this.parts = new ArrayList<>(chunks.length + 1);
        for (Chunk chunk : chunks) {
            parts.add(new Part(chunk));
        }
    }

    Chunk[] finished() {
        return parts.stream().map(Part::finished).toArray(Chunk[]::new);
    }

    void insert(House house, long[] nights) {
        if (parts.isEmpty()) {
            parts.add(new Part(ChunkDraft.empty()));
        }
        int p = part(house);
        ChunkDraft draft = parts.get(p).draft();
        int place = draft.place(order, house);
        if (draft.isFull()) {
            if (p == parts.size() - 1 && place == draft.size()) {
                // New houses come at the end: what is full there stays full.
                draft = ChunkDraft.empty();
                place = 0;
                parts.add(new Part(draft));
            } else {
                ChunkDraft upper = draft.split();
                parts.add(p + 1, new Part(upper));
                if (place > draft.size()) {
                    place -= draft.size();
                    draft = upper;
                }
            }
        }
        draft.insert(place, house, nights);
    }

    void remove(House house) {
        int p = part(house);
        ChunkDraft draft = parts.get(p).draft();
        draft.remove(present(draft, house));
        if (draft.size() == 0) {
            parts.remove(p);
        }
    }

    /** @param house stands where {@code old} stood */
    void replace(House old, House house, long[] nights) {
        ChunkDraft draft = parts.get(part(old)).draft();
        int place = present(draft, old);
        draft.replace(place, house);
        draft.setNights(place, nights);
    }

    void take(House house, int from, int until) {
        ChunkDraft draft = parts.get(part(house)).draft();
        draft.take(present(draft, house), from, until);
    }

    private int present(ChunkDraft draft, House house) {
        int place = draft.place(order, house);
        if (place == draft.size() || draft.house(place).id() != house.id()) {
            throw new IllegalStateException("house " + house.id() + " is not where it should be in " + order);
        }
        return place;
    }

    /** The part that the house is in, or would be. */
    private int part(House house) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (order.compare(parts.get(middle).first(), house) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
