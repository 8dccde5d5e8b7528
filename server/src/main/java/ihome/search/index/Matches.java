package ihome.search.index;

/** The houses that a search has found in one list, in the order of that search. */
interface Matches {
    /** How many there are. */
    long total();

    /** The next {@code size} at most after {@code skip} of them. */
    House[] page(boolean descending, long skip, int size);
}
