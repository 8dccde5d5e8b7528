package ihome.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.AtOnce;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nothing that was committed is lost, and nothing is delivered twice while nothing dies. */
class OutboxTest {
    private static Database database;

    private final TestClock clock = new TestClock(TestServer.START);
    private final List<String> delivered = Collections.synchronizedList(new ArrayList<>());

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
        database.withConnection(handle -> handle.execute("delete from outbox"));
    }

    private Outbox outbox(Channel channel) {
        return new Outbox(database, clock).deliverBy(Map.of("test", channel));
    }

    private Outbox.Message add(Outbox outbox, String text) {
        return database.inTransaction(tx -> outbox.add(tx, "test", Map.of("text", text)));
    }

    private void keep(JsonNode payload) {
        delivered.add(payload.path("text").asString());
    }

    private static int waiting() {
        return database.withConnection(handle -> handle.createQuery("select count(*) from outbox")
                .mapTo(int.class)
                .one());
    }

    @Test
    void aDeliveredMessageIsGone() {
        Outbox outbox = outbox(this::keep);
        outbox.deliver(add(outbox, "雨"));
        assertThat(delivered).containsExactly("雨");
        assertThat(waiting()).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(outbox.deliverDue()).isZero();
    }

    @Test
    void whatIsRolledBackIsNeverDelivered() {
        Outbox outbox = outbox(this::keep);
        assertThatIllegalStateException()
                .isThrownBy(() -> database.inTransaction(tx -> {
                    outbox.add(tx, "test", Map.of("text", "雪"));
                    throw new IllegalStateException("the change failed");
                }));
        clock.advance(Duration.ofHours(1));
        assertThat(outbox.deliverDue()).isZero();
        assertThat(delivered).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenKeepsTheMessage(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectory(folder.resolve("outbox.jsonl"));
        OutboxFile outboxFile = new OutboxFile(file);
        Outbox outbox = outbox(
                payload -> outboxFile.append(Map.of("text", payload.path("text").asString())));
        outbox.deliver(add(outbox, "风"));
        assertThat(waiting()).isEqualTo(1);
        assertThat(outbox.deliverDue()).as("before its time").isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(outbox.deliverDue()).isEqualTo(1);
        assertThat(waiting()).isEqualTo(1);

        Files.delete(file);
        clock.advance(Duration.ofSeconds(2));
        assertThat(outbox.deliverDue()).as("each time it waits longer").isZero();
        clock.advance(Duration.ofSeconds(2));
        assertThat(outbox.deliverDue()).isEqualTo(1);
        assertThat(waiting()).isZero();
        assertThat(Files.readString(file)).isEqualTo("{\"text\":\"风\"}\n");
    }

    @Test
    void aNodeThatDiesLeavesItsMessageToTheOthers() {
        Outbox dying = outbox(this::keep);
        add(dying, "雷");
        Outbox other = outbox(this::keep);
        assertThat(other.deliverDue()).as("the node may still be at it").isZero();
        clock.advance(Duration.ofSeconds(30));
        assertThat(other.deliverDue()).isEqualTo(1);
        assertThat(delivered).containsExactly("雷");
    }

    @Test
    void oneThatFailsDoesNotHoldUpTheOthers() {
        Outbox outbox = outbox(payload -> {
            if (payload.path("text").asString().equals("2")) {
                throw new IllegalStateException("refused");
            }
            keep(payload);
        });
        for (String text : List.of("1", "2", "3")) {
            add(outbox, text);
        }
        clock.advance(Duration.ofSeconds(30));
        assertThat(outbox.deliverDue()).isEqualTo(3);
        assertThat(delivered).containsExactlyInAnyOrder("1", "3");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void anUnknownKindIsRefusedWhenItIsAdded() {
        Outbox outbox = outbox(this::keep);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.inTransaction(tx -> outbox.add(tx, "pigeon", Map.of())));
    }

    @Test
    void dispatchersAtOnceDeliverEachMessageOnce() {
        List<Outbox> nodes = List.of(outbox(this::keep), outbox(this::keep), outbox(this::keep), outbox(this::keep));
        int messages = 400;
        for (int i = 0; i < messages; i++) {
            add(nodes.getFirst(), Integer.toString(i));
        }
        clock.advance(Duration.ofSeconds(30));
        List<Integer> tried = AtOnce.run(nodes.size(), i -> {
            int all = 0;
            while (waiting() > 0) {
                all += nodes.get(i).deliverDue();
            }
            return all;
        });
        assertThat(tried.stream().mapToInt(Integer::intValue).sum()).isEqualTo(messages);
        assertThat(delivered).hasSize(messages).doesNotHaveDuplicates();
    }
}
