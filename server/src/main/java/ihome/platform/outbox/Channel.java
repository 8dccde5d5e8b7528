package ihome.platform.outbox;

import tools.jackson.databind.JsonNode;

/** Where messages of one kind go. */
@FunctionalInterface
public interface Channel {
    /** Delivers one message, or throws; a thrown message is tried again later. */
    void deliver(JsonNode payload);
}
