package ihome;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ihome.platform.http.pipeline.AccessLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logs to standard error, a line an event with the request's id, or JSON. Set up in code: it is on the way of every
 * start. To start it again changes the form.
 */
final class Logging {
    private static final LogRateLimit LIMIT = new LogRateLimit(System::nanoTime);

    private static volatile LogLevels present = LogLevels.USUAL;

    private Logging() {}

    /** Lines that were not written because there were too many like them. */
    static long linesLeftOut() {
        return LIMIT.leftOut();
    }

    static void start(boolean json) {
        start(json, LogLevels.USUAL);
    }

    static void start(boolean json, LogLevels levels) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.addTurboFilter(LIMIT);
        EncoderBase<ILoggingEvent> encoder;
        if (json) {
            encoder = new JsonLines();
        } else {
            PatternLayoutEncoder lines = new PatternLayoutEncoder();
            lines.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{20} %mdc{request} %msg%n");
            encoder = lines;
        }
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
        // Its entries go to a file of their own or nowhere, see AccessLogFile.
        context.getLogger(AccessLog.LOGGER).setLevel(Level.OFF);
        setLevels(levels);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** What was set last. */
    static LogLevels levels() {
        return present;
    }

    /** From now on; loggers that are not named have the usual level. */
    static synchronized void setLevels(LogLevels levels) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        present.levels().keySet().forEach(name -> set(context, name, null));
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("ihome").setLevel(Level.INFO);
        levels.levels().forEach((name, level) -> set(context, name, level));
        LIMIT.exempt(levels);
        present = levels;
    }

    private static void set(LoggerContext context, String name, @Nullable Level level) {
        // The access log is on or off, whatever the levels.
        if (!name.equals(AccessLog.LOGGER)) {
            context.getLogger(name).setLevel(level);
        }
    }
}
