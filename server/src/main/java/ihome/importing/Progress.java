package ihome.importing;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells a person how far a long command is: a bar that is redrawn on a console, a line now and then elsewhere. Used by one
 * thread.
 */
public final class Progress {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;
    private static final int BAR = 28;

    private final String label;
    private final PrintStream out;
    private final boolean console;
    private final LongSupplier nanoTime;
    private long total;
    private long start;
    private long shown;
    private int width;

    Progress(String label, PrintStream out, boolean console, LongSupplier nanoTime) {
        this.label = label;
        this.out = out;
        this.console = console;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes to {@code out}.
     *
     * @param label stands before the bar
     * @param console whether that is a terminal, whose line can be redrawn
     */
    public static Progress to(String label, PrintStream out, boolean console) {
        return new Progress(label, out, console, System::nanoTime);
    }

    /** Says nothing. */
    public static Progress silent() {
        return to(
                "",
                new PrintStream(PrintStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8),
                false);
    }

    /** Begins; {@code work} is what {@link #at} counts up to, in bytes or whatever it likes. */
    public void start(long work) {
        total = Math.max(1, work);
        start = nanoTime.getAsLong();
        shown = start;
    }

    /** So much is done now. */
    public void at(long done, long rows) {
        long now = nanoTime.getAsLong();
        if (now - shown >= (console ? REDRAW_NANOS : LINE_NANOS)) {
            shown = now;
            show(line(done, rows, now));
        }
    }

    /** A message of its own line, above the bar. */
    void note(String message) {
        wipe();
        out.println(message);
    }

    public void finish(long rows) {
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

    private String line(long work, long rows, long now) {
        double done = Math.clamp(work / (double) total, 0, 1);
        double seconds = Math.max(0.001, (now - start) / 1e9);
        int filled = (int) Math.round(done * BAR);
        long left = done > 0 ? Math.round(seconds * (1 - done) / done) : 0;
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3d%%  %,d rows  %,.0f rows/s  %d:%02d left",
                label,
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                (int) (done * 100),
                rows,
                rows / seconds,
                left / 60,
                left % 60);
    }
}
