package ihome;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protection: LogRateLimit; without it every line is there. */
@Tag("timing")
class LogRateLimitTest {
    private final LoggerContext context = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final LogRateLimit limit = new LogRateLimit(nanos::get);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger ours = context.getLogger("ihome.http");
    private final Logger library = context.getLogger("io.netty.channel");

    @BeforeEach
    void start() {
        written.setContext(context);
        written.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(written);
        context.addTurboFilter(limit);
    }

    private long lines(String text) {
        return written.list.stream()
                .filter(event -> event.getFormattedMessage().contains(text))
                .count();
    }

    @Test
    void whatStrangersCauseIsWrittenTwentyTimesAMinute() {
        for (int i = 0; i < 1_000; i++) {
            ours.warn("refused: {}", "number " + i);
        }
        assertThat(lines("refused: number")).isEqualTo(20);
        assertThat(lines("more such lines are left out")).isEqualTo(1);
        assertThat(limit.leftOut()).isEqualTo(980);
        ours.warn("something else: {}", 1);
        assertThat(lines("something else")).isEqualTo(1);
        nanos.addAndGet(LogRateLimit.WINDOW.toNanos() - 1);
        ours.warn("refused: {}", "too early");
        assertThat(lines("too early")).isZero();
        nanos.incrementAndGet();
        ours.warn("refused: {}", "in the next minute");
        assertThat(lines("in the next minute")).isEqualTo(1);
    }

    /** Their texts may hold what was sent. */
    @Test
    void allTextsOfALibraryAreOneKind() {
        for (int i = 0; i < 100; i++) {
            library.warn("cannot parse <" + i + ">");
            library.info("by the way " + i);
        }
        assertThat(lines("cannot parse")).isEqualTo(20);
        assertThat(lines("by the way")).isEqualTo(20);
    }

    /** Protection: exempt; without it 20 lines are written. */
    @Test
    void whatAnOperatorHasAskedForIsNotBounded() {
        limit.exempt(LogLevels.parse("io.netty=info"));
        for (int i = 0; i < 100; i++) {
            library.info("by the way " + i);
            library.warn("cannot parse <" + i + ">");
        }
        assertThat(lines("by the way")).isEqualTo(100);
        assertThat(lines("cannot parse")).isEqualTo(20);
    }

    @Test
    void whatTheProgramReportsIsNotBounded() {
        for (int i = 0; i < 100; i++) {
            ours.info("order {}: paid", i);
            ours.debug("not written anyway");
        }
        assertThat(lines("paid")).isEqualTo(100);
        assertThat(limit.leftOut()).isZero();
    }

    /** A flood of one failure does not hide another one that is caught at the same place. */
    @Test
    void failuresAreToldApart() {
        for (int i = 0; i < 100; i++) {
            ours.error("unexpected failure on {}", "/a", new IllegalStateException());
        }
        ours.error("unexpected failure on {}", "/b", new IllegalArgumentException());
        assertThat(lines("/a")).isEqualTo(20);
        assertThat(lines("/b")).isEqualTo(1);
    }
}
