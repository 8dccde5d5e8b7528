package ihome.search.index;

import java.time.LocalDate;

/**
 * The nights that the index knows: whole blocks of {@link #BLOCK} nights, from the block of the first day on.
 *
 * @param firstBlock the day of 1970-01-01 is the first night of block 0
 */
record Nights(int firstBlock) {
    /** Nights whose bits stand together. */
    static final int BLOCK = 8;

    /** 744 nights at least: more than the 24 months that can be booked. */
    static final int BLOCKS = 94;

    static final int COUNT = BLOCKS * BLOCK;
    /** Longs that hold a bit for every night. */
    static final int WORDS = (COUNT + 63) / 64;

    static Nights from(LocalDate today) {
        return new Nights((int) Math.floorDiv(today.toEpochDay(), BLOCK));
    }

    LocalDate first() {
        return LocalDate.ofEpochDay((long) firstBlock * BLOCK);
    }

    /** The first night, in days since 1970. */
    int firstDay() {
        return firstBlock * BLOCK;
    }

    /** The day after the last night. */
    LocalDate end() {
        return first().plusDays(COUNT);
    }

    /** Whether all nights from the first up to, not including, the second day are known. */
    boolean cover(LocalDate from, LocalDate until) {
        return !from.isBefore(first()) && !until.isAfter(end());
    }

    /** How many nights after the first one it is. */
    int index(LocalDate night) {
        return Math.toIntExact(night.toEpochDay() - (long) firstBlock * BLOCK);
    }
}
