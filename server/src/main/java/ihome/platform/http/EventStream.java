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

    /** One that is closed from the beginning: its response was not sent. */
    EventStream CLOSED = new EventStream() {
        @Override
        public boolean send(String event, String data) {
            return false;
        }

        @Override
        public void onClose(Runnable action) {
            action.run();
        }

        @Override
        public void close() {}
    };

    /** Told when the head of the response is out, or that it will not be. */
    @FunctionalInterface
    interface Subscriber {
        /** Takes the stream; called on a thread that may block. What it fails with closes the stream. */
        void subscribed(EventStream stream);
    }
}
