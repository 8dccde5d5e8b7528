package ihome.platform.outbox;

import ihome.platform.db.Database;
import ihome.platform.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Messages that are committed with the change that asks for them and delivered after. The node that adds a message has
 * the first attempt; when that fails or the node dies, any node tries again, later each time.
 */
public final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Database database;
    private final Clock clock;
    private final Map<String, Channel> channels;
    private final OutboxStore store = new OutboxStore();

    /** @param channels where each kind of message goes */
    public Outbox(Database database, Clock clock, Map<String, Channel> channels) {
        this.database = database;
        this.clock = clock;
        this.channels = Map.copyOf(channels);
    }

    /** A message that was added and waits for its delivery. */
    public record Message(long id, String kind, JsonNode payload, int attempts) {}

    /** Whether messages of a kind have a channel here. */
    public boolean delivers(String kind) {
        return channels.containsKey(kind);
    }

    /** Adds a message inside the caller's transaction; after the commit the caller gives it to {@link #deliver}. */
    public Message add(Handle transaction, String kind, Map<String, Object> payload) {
        if (!channels.containsKey(kind)) {
            throw new IllegalArgumentException("no channel delivers messages of kind " + kind);
        }
        Instant now = clock.instant();
        String json = Json.text(payload);
        long id = store.insert(transaction, kind, json, now, now.plus(LEASE));
        return new Message(id, kind, parse(json), 0);
    }

    /** Delivers one message now. A failure is recorded and tried again later; it is not the caller's. */
    public void deliver(Message message) {
        try {
            Channel channel = channels.get(message.kind());
            if (channel == null) {
                throw new IllegalStateException("no channel delivers messages of kind " + message.kind());
            }
            channel.deliver(message.payload());
        } catch (RuntimeException e) {
            log.warn("outbox: message {} of kind {} failed: {}", message.id(), message.kind(), e.getMessage());
            postpone(message, String.valueOf(e.getMessage()));
            return;
        }
        try {
            database.withConnection(handle -> store.remove(handle, message.id()));
        } catch (JdbiException e) {
            log.error("outbox: message {} was delivered but could not be removed; it may be sent twice", message.id());
        }
    }

    private void postpone(Message message, String error) {
        Duration backoff = Duration.ofSeconds(1L << Math.min(message.attempts() + 1, 12));
        Duration wait = backoff.compareTo(LONGEST_WAIT) < 0 ? backoff : LONGEST_WAIT;
        database.withConnection(
                handle -> store.postpone(handle, message.id(), clock.instant().plus(wait), error));
    }

    /** Delivers the messages whose time has come; returns how many were tried. Several nodes may call it at once. */
    public int deliverDue() {
        Instant now = clock.instant();
        List<Message> due = database.withConnection(handle -> store.claimDue(handle, now, now.plus(LEASE)));
        due.forEach(this::deliver);
        return due.size();
    }

    static JsonNode parse(String json) {
        try {
            return Json.parse(json);
        } catch (Json.MalformedJson e) {
            throw new IllegalStateException("an outbox payload is not JSON", e);
        }
    }
}
