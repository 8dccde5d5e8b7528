package ihome.search;

import java.util.List;

/**
 * What a stay costs, without the deposit, at the houses that may charge something else for it than their price for each
 * night.
 *
 * @param houses ids, each once
 * @param fen of each of them
 */
record StayAmounts(List<Long> houses, List<Long> fen) {
    /** There is no such house, or it does not matter. */
    static final StayAmounts NONE = new StayAmounts(List.of(), List.of());

    boolean areNone() {
        return houses.isEmpty();
    }
}
