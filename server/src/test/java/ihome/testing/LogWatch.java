package ihome.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged under a name, from a level on, until it is closed; also where the tests' logs are kept shorter. */
public final class LogWatch implements AutoCloseable {
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final Logger log;
    private final AppenderBase<ILoggingEvent> appender;
    private final @Nullable Level before;

    public LogWatch(String name, Level least) {
        this.log = (Logger) LoggerFactory.getLogger(name);
        this.appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(least)) {
                    event.getMDCPropertyMap(); // of the thread that logs: it is asked for later in another
                    events.add(event);
                }
            }
        };
        appender.setContext(log.getLoggerContext());
        appender.start();
        log.addAppender(appender);
        this.before = log.getLevel();
        if (!log.isEnabledFor(least)) {
            log.setLevel(least);
        }
    }

    /** So far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** The messages since this was asked last. */
    public List<String> takeMessages() {
        List<String> messages =
                events.stream().map(ILoggingEvent::getFormattedMessage).toList();
        events.clear();
        return messages;
    }

    @Override
    public void close() {
        log.detachAppender(appender);
        log.setLevel(before);
    }
}
