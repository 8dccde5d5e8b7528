package ihome.platform.outbox;

import ihome.platform.db.Database;
import ihome.platform.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Messages that are committed with the change that asks for them and delivered after. The node that adds a message has
 * the first attempt; when that fails or the node dies, any node tries again, later each time. What a channel may
 * deliver only once is never attempted again unless the attempt certainly failed (see {@link Handling}).
 */
public final class Outbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** Longer than any attempt may take. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int BACKGROUND_DELIVERIES = 32;

    private final Database database;
    private final Clock clock;
    private volatile Map<String, Channel> channels = Map.of();
    private final OutboxStore store = new OutboxStore();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(BACKGROUND_DELIVERIES);

    public Outbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Says, once and before the first message is added, where each kind of message goes.
     *
     * @throws IllegalStateException it was said before
     */
    public Outbox deliverBy(Map<String, Channel> kinds) {
        if (!channels.isEmpty()) {
            throw new IllegalStateException("the outbox has its channels");
        }
        channels = Map.copyOf(kinds);
        return this;
    }

    /** A message that was added and waits for its delivery. */
    public record Message(long id, String kind, JsonNode payload, int attempts) {
        /** Without the payload, which is personal. */
        @Override
        public String toString() {
            return "Message[" + id + ", " + kind + "]";
        }
    }

    /** The kinds of messages that have a channel here. */
    public Set<String> kinds() {
        return channels.keySet();
    }

    /** Whether messages of a kind have a channel here. */
    public boolean delivers(String kind) {
        return channels.containsKey(kind);
    }

    /** Adds a message inside the caller's transaction; after the commit the caller gives it to {@link #deliver}. */
    public Message add(Handle transaction, String kind, Map<String, Object> payload) {
        Channel channel = channels.get(kind);
        if (channel == null) {
            throw new IllegalArgumentException("no channel delivers messages of kind " + kind);
        }
        Instant now = clock.instant();
        Duration useful = channel.handling().usefulFor();
        String json = Json.text(payload);
        long id = store.insert(transaction, kind, json, now, now.plus(LEASE), useful == null ? null : now.plus(useful));
        return new Message(id, kind, parse(json), 0);
    }

    /** A message that is delivered at its time, unless it is withdrawn before. */
    public record Planned(long id, Instant at) {}

    /** Adds, inside the caller's transaction, a message that nobody delivers before some time has gone by. */
    public Planned plan(Handle transaction, String kind, Map<String, Object> payload, Duration after) {
        Instant now = clock.instant();
        // As the database keeps it: the same instant is asked for again.
        Instant at = now.plus(after).truncatedTo(ChronoUnit.MICROS);
        return new Planned(store.insert(transaction, kind, Json.text(payload), now, at, null), at);
    }

    /**
     * Takes a planned message back, inside the caller's transaction.
     *
     * @return false when its time has come: it is being delivered, or was
     */
    public boolean withdraw(Handle transaction, Planned planned) {
        return store.withdraw(transaction, planned) == 1;
    }

    /** Withdraws every waiting message to a mobile: those whose payload names it as {@code mobile}. */
    public void withdrawAll(Handle transaction, String mobile) {
        store.withdrawAll(transaction, mobile);
    }

    /**
     * Whether a planned message is still to be delivered; waits for a transaction that is withdrawing it, one that nobody
     * heard the end of among them.
     */
    public boolean stands(Handle transaction, Planned planned) {
        return store.lock(transaction, planned);
    }

    /**
     * Delivers one message now, or has it delivered in the background. A failure is recorded and tried again later; it
     * is not the caller's.
     */
    public void deliver(Message message) {
        Channel channel = channels.get(message.kind());
        if (channel == null) {
            String error = "no channel delivers messages of kind " + message.kind();
            log.warn("outbox: message {}: {}", message.id(), error);
            postpone(message, error);
        } else if (!channel.handling().background()) {
            deliver(channel, message);
        } else if (room.tryAcquire()) {
            inBackground(channel, message);
        }
    }

    /** With no room, or at the end, the message waits where it is until its time comes. */
    private void inBackground(Channel channel, Message message) {
        try {
            background.execute(() -> {
                try {
                    deliver(channel, message);
                } catch (JdbiException e) {
                    log.error("outbox: message {} of kind {}: {}", message.id(), message.kind(), e.getMessage());
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException closing) {
            room.release();
        }
    }

    private void deliver(Channel channel, Message message) {
        if (channel.handling().once()) {
            deliverOnce(channel, message);
        } else {
            deliverUntilDone(channel, message);
        }
    }

    private void deliverUntilDone(Channel channel, Message message) {
        try {
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

    /** Whatever goes wrong between the two records of an attempt leaves it begun, and so never begun again. */
    private void deliverOnce(Channel channel, Message message) {
        UUID claim = UUID.randomUUID();
        if (!database.withConnection(handle -> store.begin(handle, message.id(), claim, clock.instant()))) {
            return;
        }
        try {
            channel.deliver(message.payload());
            finish(message, claim, "sent", null);
        } catch (NotDelivered e) {
            String state = e.outcomeUnknown() ? "unknown" : "refused";
            log.warn("outbox: message {} of kind {}: {}: {}", message.id(), message.kind(), state, e.getMessage());
            finish(message, claim, state, e.getMessage());
        } catch (RuntimeException e) {
            Instant next = clock.instant().plus(backoff(message));
            log.warn("outbox: message {} of kind {} failed: {}", message.id(), message.kind(), e.getMessage());
            database.withConnection(handle ->
                    store.again(handle, message.id(), claim, next, String.valueOf(e.getMessage()), clock.instant()));
        }
    }

    private void finish(Message message, UUID claim, String state, @Nullable String error) {
        database.withConnection(handle -> store.finish(handle, message.id(), claim, state, error, clock.instant()));
    }

    private void postpone(Message message, String error) {
        Instant next = clock.instant().plus(backoff(message));
        database.withConnection(handle -> store.postpone(handle, message.id(), next, error));
    }

    private static Duration backoff(Message message) {
        Duration backoff = Duration.ofSeconds(1L << Math.min(message.attempts() + 1, 12));
        return backoff.compareTo(LONGEST_WAIT) < 0 ? backoff : LONGEST_WAIT;
    }

    /**
     * Delivers the messages whose time has come, and gives up those that are useless; returns how many were tried.
     * Several nodes may call it at once.
     */
    public int deliverDue() {
        Instant now = clock.instant();
        for (String kind : database.withConnection(handle -> store.expire(handle, now))) {
            log.warn("outbox: a message of kind {} expired", kind);
            Channel channel = channels.get(kind);
            if (channel != null) {
                channel.expired();
            }
        }
        List<Message> due = database.withConnection(handle -> store.claimDue(handle, now, now.plus(LEASE)));
        due.forEach(this::deliver);
        return due.size();
    }

    /** Settles the attempts of nodes that died, and forgets what was finished a week ago. */
    public void sweep() {
        Instant now = clock.instant();
        database.withConnection(
                handle -> store.abandon(handle, now.minus(ABANDONED), now) + store.forget(handle, now.minus(KEPT)));
    }

    /** Lets the deliveries under way end, for as long as an attempt may take. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(15, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    static JsonNode parse(String json) {
        try {
            return Json.parse(json);
        } catch (Json.MalformedJson e) {
            throw new IllegalStateException("an outbox payload is not JSON", e);
        }
    }
}
