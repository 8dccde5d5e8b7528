package ihome.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A channel that delivers once: never twice for one row, whatever fails, and what came of it stays visible. */
class OutboxOnceTest {
    private static Database database;

    private final TestClock clock = new TestClock(TestServer.START);
    private final Once channel = new Once();
    private Outbox outbox;

    @BeforeAll
    static void open() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 8));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        outbox = new Outbox(database, clock).deliverBy(Map.of("sms", channel));
        database.withConnection(handle -> handle.execute("delete from outbox"));
    }

    private static final class Once implements Channel {
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger expired = new AtomicInteger();
        private volatile Supplier<@Nullable RuntimeException> failure = () -> null;

        @Override
        public Handling handling() {
            return new Handling(true, false, Duration.ofMinutes(5));
        }

        @Override
        public void deliver(JsonNode payload) {
            attempts.incrementAndGet();
            RuntimeException e = failure.get();
            if (e != null) {
                throw e;
            }
        }

        @Override
        public void expired() {
            expired.incrementAndGet();
        }
    }

    private Outbox.Message add() {
        return database.inTransaction(tx -> outbox.add(tx, "sms", Map.of("mobile", "13812345678", "code", "042517")));
    }

    private static String row() {
        return database.withConnection(
                handle -> handle.createQuery("select concat_ws(' ', state, payload::text, last_error) from outbox")
                        .mapTo(String.class)
                        .one());
    }

    private void runForAnHour() {
        for (int i = 0; i < 360; i++) {
            clock.advance(Duration.ofSeconds(10));
            outbox.deliverDue();
            outbox.sweep();
        }
    }

    @Test
    void aSentMessageIsForgottenButCounted() {
        outbox.deliver(add());
        runForAnHour();
        assertThat(channel.attempts).hasValue(1);
        assertThat(row()).isEqualTo("sent {}");
        assertThat(OutboxStatus.of(database, "sms").counts()).isEqualTo(Map.of("sent", 1));
        clock.advance(Duration.ofDays(8));
        outbox.sweep();
        assertThat(OutboxStatus.of(database, "sms").counts()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsNotRepeated() {
        channel.failure = () -> NotDelivered.unknown("cloopen: no answer");
        outbox.deliver(add());
        runForAnHour();
        assertThat(channel.attempts).hasValue(1);
        assertThat(row()).isEqualTo("unknown {} cloopen: no answer");
        assertThat(OutboxStatus.of(database, "sms").errors())
                .singleElement()
                .satisfies(failure -> assertThat(failure.error()).isEqualTo("cloopen: no answer"));
    }

    @Test
    void aRefusalIsNotRepeated() {
        channel.failure = () -> NotDelivered.refused("160038");
        outbox.deliver(add());
        runForAnHour();
        assertThat(channel.attempts).hasValue(1);
        assertThat(row()).isEqualTo("refused {} 160038");
    }

    @Test
    void whatWasNotSentIsTriedAgainUntilTheCodeIsUseless() {
        channel.failure = () -> new IllegalStateException("no connection");
        outbox.deliver(add());
        runForAnHour();
        assertThat(channel.attempts.get()).isBetween(4, 8);
        assertThat(channel.expired).hasValue(1);
        assertThat(row()).isEqualTo("expired {} no connection");
    }

    @Test
    void aLaterAttemptSucceeds() {
        channel.failure = () -> new IllegalStateException("no connection");
        outbox.deliver(add());
        assertThat(row()).startsWith("waiting {\"code\"");
        channel.failure = () -> null;
        runForAnHour();
        assertThat(channel.attempts).hasValue(2);
        assertThat(row()).startsWith("sent {}");
    }

    /** An Error is what the death of a process looks like from here: the attempt has begun and nothing ends it. */
    @Test
    void aNodeThatDiesDuringAnAttemptLeavesItUnknown() {
        channel.failure = () -> {
            throw new StackOverflowError("the process ends");
        };
        Outbox.Message message = add();
        try {
            outbox.deliver(message);
        } catch (StackOverflowError died) {
            assertThat(died).hasMessage("the process ends");
        }
        assertThat(row()).startsWith("sending");
        channel.failure = () -> null;
        runForAnHour();
        assertThat(channel.attempts).hasValue(1);
        assertThat(row()).isEqualTo("unknown {} the server ended during the attempt");
    }

    @Test
    void manyNodesAtOneMessageAttemptItOnce() {
        for (int round = 0; round < 20; round++) {
            Outbox.Message message = add();
            AtOnce.run(8, i -> {
                new Outbox(database, clock).deliverBy(Map.of("sms", channel)).deliver(message);
                return i;
            });
        }
        assertThat(channel.attempts).hasValue(20);
    }

    @Test
    void inTheBackgroundTheCallerDoesNotWait() {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        Channel slow = new Channel() {
            @Override
            public Handling handling() {
                return new Handling(true, true, Duration.ofMinutes(5));
            }

            @Override
            public void deliver(JsonNode payload) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                sent.incrementAndGet();
            }
        };
        try (Outbox background = new Outbox(database, clock).deliverBy(Map.of("sms", slow))) {
            background.deliver(database.inTransaction(tx -> background.add(tx, "sms", Map.of("code", "1"))));
            assertThat(sent).hasValue(0);
            answered.countDown();
            Await.until("the row says that it was sent", () -> row(), "sent {}"::equals);
            assertThat(sent).hasValue(1);
        }
    }
}
