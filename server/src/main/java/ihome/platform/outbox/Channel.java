package ihome.platform.outbox;

import tools.jackson.databind.JsonNode;

/** Where messages of one kind go. */
@FunctionalInterface
public interface Channel {
    /**
     * Delivers one message, or throws; a thrown message is tried again later.
     *
     * @throws NotDelivered of a channel that delivers once: with it the message may not be tried again
     */
    void deliver(JsonNode payload);

    /** How messages of this kind are treated. */
    default Handling handling() {
        return Handling.UNTIL_DELIVERED;
    }

    /** Told of a message that was not delivered before it became useless. */
    default void expired() {}
}
