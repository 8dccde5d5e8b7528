package ihome.platform.http;

/**
 * Server-Sent Events to one client (HTML Standard, 9.2): a response that stays open until the client goes away, the server
 * stops, or somebody closes it. From any thread.
 */
public interface EventStream {
    /**
     * Sends one event. Does not block: a client that does not take what it is sent loses its stream, and connects again.
     *
     * @param event its name, without line breaks
     * @param data any text
     * @return false: the stream is closed
     */
    boolean send(String event, String data);

    /** Done once when the stream is closed, whoever closes it; at once when it is closed already. */
    void onClose(Runnable action);

    /** Ends it. */
    void close();

    /** Told when the head of the response is out. */
    @FunctionalInterface
    interface Subscriber {
        /** Takes the stream; called on a thread that may block. What it fails with closes the stream. */
        void subscribed(EventStream stream);
    }
}
