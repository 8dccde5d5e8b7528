package ihome.platform.http.engine;

import ihome.platform.http.EventStream;
import ihome.platform.http.pipeline.OutgoingResponse;
import java.util.function.Consumer;

/** Where the response to one request goes: a connection of HTTP/1.1 or a stream of HTTP/2. */
interface ResponseSink {
    /**
     * Sends a response whose body is in memory. From any thread; does not block.
     *
     * @param done called on the event loop once the client has taken it, as far as the system's buffers do not hold it;
     *     false: the connection was closed before
     */
    void send(OutgoingResponse response, Consumer<Boolean> done);

    /** As {@link #send}, of a response whose body is stored elsewhere. May block until it is sent. */
    void sendStored(OutgoingResponse response, Consumer<Boolean> done);

    /** Sends the head of a response that stays open. Does not block; what it returns may be closed already. */
    EventStream openStream(OutgoingResponse response, Consumer<Boolean> done);

    /** There is no response: closes the connection, or the stream of HTTP/2. From any thread; does not block. */
    void abort();
}
