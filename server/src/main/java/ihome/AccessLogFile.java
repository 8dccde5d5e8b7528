package ihome;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import ihome.platform.http.pipeline.AccessEntry;
import ihome.platform.http.pipeline.AccessLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * Writes the access log to a file, by a thread of its own: a slow disk makes no request wait. Lines that it cannot take are
 * left out and counted. A file is closed at midnight (UTC) or at {@value #MEGABYTES} MB, compressed, and deleted after
 * {@value #DAYS} days, or earlier when all together have {@value #TOTAL_MEGABYTES} MB.
 */
final class AccessLogFile implements AutoCloseable {
    static final int DAYS = 14;
    static final int MEGABYTES = 100;
    static final int TOTAL_MEGABYTES = 1_000;

    /** Lines that wait for the disk. */
    private static final int WAITING = 8_192;

    private static final AtomicLong LEFT_OUT = new AtomicLong();

    private final Queue queue = new Queue();

    /** Lines that the file did not take fast enough. */
    static long linesLeftOut() {
        return LEFT_OUT.get();
    }

    /** @param json JSON instead of the combined format */
    AccessLogFile(Path file, boolean json) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> writer = new RollingFileAppender<>();
        writer.setContext(context);
        writer.setFile(file.toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(writer);
        policy.setFileNamePattern(archives(file));
        policy.setMaxHistory(DAYS);
        policy.setMaxFileSize(new FileSize(MEGABYTES * FileSize.MB_COEFFICIENT));
        policy.setTotalSizeCap(new FileSize(TOTAL_MEGABYTES * FileSize.MB_COEFFICIENT));
        policy.start();
        writer.setRollingPolicy(policy);
        writer.setTriggeringPolicy(policy);
        Lines lines = new Lines(json);
        lines.setContext(context);
        lines.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(lines);
        encoder.start();
        writer.setEncoder(encoder);
        writer.start();
        if (!writer.isStarted()) {
            throw new CommandFailed("cannot write the access log " + file);
        }
        queue.setContext(context);
        queue.setQueueSize(WAITING);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.addAppender(writer);
        queue.start();
        ch.qos.logback.classic.Logger logger = context.getLogger(AccessLog.LOGGER);
        logger.setAdditive(false);
        logger.addAppender(queue);
        logger.setLevel(Level.TRACE);
    }

    /** {@code access.log} of three days ago is {@code access-2026-06-01.0.log.gz}; percent signs are the pattern's own. */
    private static String archives(Path file) {
        String name = file.toString().replaceFirst("\\.log$", "").replace("%", "\\%");
        return name + "-%d{yyyy-MM-dd, UTC}.%i.log.gz";
    }

    /** Writes what waits, a second at most. */
    @Override
    public void close() {
        queue.stop();
    }

    private static final class Queue extends AsyncAppender {
        @Override
        protected void append(ILoggingEvent event) {
            if (getRemainingCapacity() == 0) {
                LEFT_OUT.incrementAndGet();
            } else {
                super.append(event);
            }
        }

        @Override
        protected void preprocess(ILoggingEvent event) {
            // An entry does not change; its text is made by the thread that writes.
        }
    }

    private static final class Lines extends LayoutBase<ILoggingEvent> {
        private final boolean json;

        Lines(boolean json) {
            this.json = json;
        }

        @Override
        public String doLayout(ILoggingEvent event) {
            Object[] arguments = event.getArgumentArray();
            if (arguments.length != 1 || !(arguments[0] instanceof AccessEntry entry)) {
                return "";
            }
            return (json ? entry.json(event.getInstant()) : entry.combined(event.getInstant())) + "\n";
        }
    }
}
