package ihome.platform.outbox;

import ihome.platform.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What operators may know of the messages of a kind: nothing of what they say or to whom.
 *
 * @param counts messages by state, of the last seven days
 * @param errors the newest failures, newest first
 */
public record OutboxStatus(Map<String, Integer> counts, List<Failure> errors) {
    private static final int ERRORS = 10;

    public OutboxStatus {
        counts = Map.copyOf(counts);
        errors = List.copyOf(errors);
    }

    /** What went wrong with one message last. */
    public record Failure(long message, Instant at, String state, int attempts, String error) {}

    public static OutboxStatus of(Database database, String kind) {
        OutboxStore store = new OutboxStore();
        return database.inSnapshot(tx -> new OutboxStatus(store.counts(tx, kind), store.failures(tx, kind, ERRORS)));
    }
}
