package ihome.importing;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells a person how far the import is: a bar that is redrawn on a console, a line now and then elsewhere. Used by one
 * thread.
 */
public final class Progress {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int BAR = 28;

    private final PrintStream out;
    private final boolean console;
    private final LongSupplier nanoTime;
    private long total;
    private long start;
    private long shown;
    private int width;

    Progress(PrintStream out, boolean console, LongSupplier nanoTime) {
        this.out = out;
        this.console = console;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes to {@code out}.
     *
     * @param console whether that is a terminal, whose line can be redrawn
     */
    public static Progress to(PrintStream out, boolean console) {
        return new Progress(out, console, System::nanoTime);
    }

    /** Says nothing. */
    public static Progress silent() {
        return to(
                new PrintStream(PrintStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8), false);
    }

    void start(long totalBytes) {
        total = Math.max(1, totalBytes);
        start = nanoTime.getAsLong();
        shown = start;
    }

    void at(long bytes, long rows) {
        long now = nanoTime.getAsLong();
        if (now - shown >= (console ? REDRAW_NANOS : LINE_NANOS)) {
            shown = now;
            show(line(bytes, rows, now));
        }
    }

    /** A message of its own line, above the bar. */
    void note(String message) {
        wipe();
        out.println(message);
    }

    void finish(long rows) {
        if (console) {
            show(line(total, rows, nanoTime.getAsLong()));
            out.println();
            width = 0;
        }
        out.flush();
    }

    private void show(String line) {
        if (console) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    private void wipe() {
        if (console && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }

    private String line(long bytes, long rows, long now) {
        double done = Math.clamp(bytes / (double) total, 0, 1);
        double seconds = Math.max(0.001, (now - start) / 1e9);
        int filled = (int) Math.round(done * BAR);
        long left = done > 0 ? Math.round(seconds * (1 - done) / done) : 0;
        return String.format(
                Locale.ROOT,
                "import [%s%s] %3d%%  %,d rows  %,.0f rows/s  %d:%02d left",
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                (int) (done * 100),
                rows,
                rows / seconds,
                left / 60,
                left % 60);
    }
}
