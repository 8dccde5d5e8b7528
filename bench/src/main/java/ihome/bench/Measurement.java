package ihome.bench;

import java.util.List;

/** One part of the bench; {@code --only} names it. */
interface Measurement {
    String name();

    /** What it is, in a few words. */
    String title();

    /** @throws Skipped something is missing, and the message says what */
    List<Figure> run(Context context) throws Exception;

    /** Not measured, for a reason that goes into the report. */
    final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }
}
