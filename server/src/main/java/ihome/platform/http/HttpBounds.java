package ihome.platform.http;

import java.time.Duration;

/**
 * The bounds of the HTTP server, set on purpose. A slow or greedy client uses up its own connection and nothing else.
 *
 * @param connections open connections; more wait in the backlog
 * @param concurrent requests at work at once (bodies are read before they count)
 * @param queued requests that wait for their turn; more are answered 503
 * @param queueWait how long one waits before it is answered 503
 * @param uploads uploads at work at once, since each holds its picture in memory
 * @param requestLine longest request line in bytes
 * @param headers all headers together in bytes
 * @param read longest time for the headers after the request line, and longest silence within a body
 * @param idle longest silence between requests
 */
public record HttpBounds(
        int connections,
        int concurrent,
        int queued,
        Duration queueWait,
        int uploads,
        int requestLine,
        int headers,
        Duration read,
        Duration idle) {
    public static final HttpBounds DEFAULT = new HttpBounds(
            10_000,
            128,
            1_024,
            Duration.ofSeconds(2),
            8,
            8 * 1024,
            16 * 1024,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1));
}
