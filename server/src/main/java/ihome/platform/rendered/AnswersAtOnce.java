package ihome.platform.rendered;

import org.jspecify.annotations.Nullable;

/** Makes answers where the bytes of their requests come in. It is called by the one thread that serves many connections. */
@FunctionalInterface
public interface AnswersAtOnce {
    /**
     * The answer to a plain GET, whoever asks; null when the web server has to make it. To be given from memory, within a
     * fraction of a millisecond, without waiting for anything.
     *
     * @param target path and query as they stand in the request line
     */
    @Nullable
    Made answer(String target);

    /**
     * An answer that was found (200).
     *
     * @param route the path pattern that it is counted under
     * @param message what {@link Message#found} makes of it
     */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Made(String route, byte[] message) {}
}
