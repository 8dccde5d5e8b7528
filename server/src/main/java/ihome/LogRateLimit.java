package ihome;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Bounds the warnings and errors in the log, because strangers can cause most of them: a bad request, a forged notification,
 * an overload. Each statement of this program, each kind of failure and each logger of a library has {@value #LINES} lines a minute;
 * the last of these says that more are left out, and they are counted. What the program says at level INFO is not bounded: it
 * is said once, or about something that somebody paid for. Nor is what an operator has asked for below WARN.
 */
final class LogRateLimit extends TurboFilter {
    /** Lines of one kind in a {@link #WINDOW}. */
    static final int LINES = 20;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** The program has far fewer statements; what is beyond shares one bound. */
    private static final int KINDS = 1_000;

    private static final String OURS = "ihome";
    private static final String NOTE = "more such lines are left out until a minute after the first; the metric"
            + " ihome_log_lines_left_out_total counts them: {} {}";

    private final LongSupplier nanos;
    private final ConcurrentMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private final AtomicLong leftOut = new AtomicLong();
    private volatile LogLevels asked = LogLevels.USUAL;

    /** Lines of one kind. */
    private static final class Kind {
        private long since;
        private int lines;
    }

    /** @param nanos as {@link System#nanoTime} */
    LogRateLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (format == null || NOTE.equals(format) || !isBounded(logger, level)) {
            return FilterReply.NEUTRAL;
        }
        int line = next(kindOf(logger, level, format, failure == null ? last(arguments) : failure));
        if (line > LINES) {
            leftOut.incrementAndGet();
            return FilterReply.DENY;
        }
        if (line == LINES) {
            logger.warn(NOTE, level, logger.getName());
        }
        return FilterReply.NEUTRAL;
    }

    /** Lines below WARN of the loggers that these levels name are not bounded: somebody looks for something. */
    void exempt(LogLevels levels) {
        asked = levels;
    }

    private boolean isBounded(Logger logger, Level level) {
        return level.isGreaterOrEqual(logger.getEffectiveLevel())
                && (level.isGreaterOrEqual(Level.WARN) || !(isOurs(logger) || asked.names(logger.getName())));
    }

    private static boolean isOurs(Logger logger) {
        return logger.getName().startsWith(OURS);
    }

    /** Where the failure is when there are other arguments before it. */
    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable failure
                ? failure
                : null;
    }

    /** The texts of libraries hold what was sent; those of this program are patterns. */
    private static String kindOf(Logger logger, Level level, String format, @Nullable Throwable failure) {
        StringBuilder kind = new StringBuilder(logger.getName()).append(' ').append(level);
        if (isOurs(logger)) {
            kind.append(' ').append(format);
        }
        if (failure != null) {
            kind.append(' ').append(failure.getClass().getName());
            StackTraceElement[] trace = failure.getStackTrace();
            if (trace.length > 0) {
                kind.append(' ').append(trace[0]);
            }
        }
        return kind.toString();
    }

    /** Which line of its kind this is within the present minute. */
    private int next(String name) {
        Kind kind = kinds.size() < KINDS
                ? kinds.computeIfAbsent(name, _ -> new Kind())
                : kinds.getOrDefault(name, kinds.computeIfAbsent("", _ -> new Kind()));
        long now = nanos.getAsLong();
        synchronized (kind) {
            if (kind.lines == 0 || now - kind.since >= WINDOW.toNanos()) {
                kind.since = now;
                kind.lines = 0;
            }
            kind.lines++;
            return kind.lines;
        }
    }

    /** Lines that were not written. */
    long leftOut() {
        return leftOut.get();
    }
}
