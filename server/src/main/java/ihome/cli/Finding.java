package ihome.cli;

import java.util.Locale;

/**
 * What {@code ./ihome doctor} has found out about one thing.
 *
 * @param what it is about, a word or two
 * @param text for people; what to do about it where something is to be done
 */
record Finding(Grade grade, String what, String text) {
    /** How bad it is. */
    enum Grade {
        OK,
        /** Could not, or need not, be looked at. */
        SKIPPED,
        /** The server runs, but not as it should. */
        WARNING,
        /** The server does not start, or does not do its work. */
        FAILED
    }

    static Finding ok(String what, String text) {
        return new Finding(Grade.OK, what, text);
    }

    static Finding skipped(String what, String text) {
        return new Finding(Grade.SKIPPED, what, text);
    }

    static Finding warning(String what, String text) {
        return new Finding(Grade.WARNING, what, text);
    }

    static Finding failed(String what, String text) {
        return new Finding(Grade.FAILED, what, text);
    }

    /** A line. */
    @Override
    public String toString() {
        String word = grade == Grade.FAILED ? "FAILED" : grade.name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%-8s %-14s %s", word, what, text);
    }
}
