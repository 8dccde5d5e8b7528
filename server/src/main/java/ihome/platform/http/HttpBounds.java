package ihome.platform.http;

import ihome.platform.config.Settings;
import ihome.platform.work.MemoryBudget;
import java.time.Duration;

/**
 * The bounds of the HTTP server, set on purpose. A slow or greedy client uses up its own connection and nothing else.
 *
 * @param connections open connections; more wait in the backlog
 * @param connectionsPerAddress of them from one address that is no trusted proxy; more are closed at once
 * @param concurrent requests at work at once (bodies are read before they count)
 * @param concurrentPerAddress of them from one address
 * @param queued requests that wait for their turn, at most half of them from one address; more are answered 503
 * @param queueWait how long one waits before it is answered 503
 * @param uploads uploads at work at once, since each holds its picture in memory
 * @param requestLine longest request line in bytes
 * @param headers all headers together in bytes
 * @param read longest time for a whole request head from its first byte, and longest silence within a body
 * @param idle longest silence between requests, and longest time that a client takes nothing of an answer
 * @param memory megabytes of the heap for connections, bodies that are being received and answers that are not taken yet;
 *     0: a quarter of the heap
 */
public record HttpBounds(
        int connections,
        int connectionsPerAddress,
        int concurrent,
        int concurrentPerAddress,
        int queued,
        Duration queueWait,
        int uploads,
        int requestLine,
        int headers,
        Duration read,
        Duration idle,
        int memory) {
    public static final HttpBounds DEFAULT = new HttpBounds(
            10_000,
            500,
            128,
            12,
            1_024,
            Duration.ofSeconds(2),
            8,
            8 * 1024,
            16 * 1024,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            0);

    /**
     * The same with fewer connections, where the process may not have as many file handles.
     *
     * @param others handles that are taken later and are no client's connection
     */
    public HttpBounds withinFileHandles(int others) {
        int fitting = FileHandles.connections(connections, FileHandles.limit(), FileHandles.open(), others);
        return fitting == connections ? this : withConnections(fitting);
    }

    private HttpBounds withConnections(int most) {
        return new HttpBounds(
                most,
                Math.min(connectionsPerAddress, most),
                concurrent,
                concurrentPerAddress,
                queued,
                queueWait,
                uploads,
                requestLine,
                headers,
                read,
                idle,
                memory);
    }

    private static final Duration LONGEST = Duration.ofHours(1);

    /** Declares and reads the options of the web server. */
    public static HttpBounds from(Settings settings) {
        settings.section("Bounds of the web server");
        return new HttpBounds(
                settings.integer(
                        "http-connections",
                        DEFAULT.connections,
                        1,
                        1_000_000,
                        "Open connections at most; more wait until one closes"),
                settings.integer(
                        "http-connections-per-address",
                        DEFAULT.connectionsPerAddress,
                        1,
                        1_000_000,
                        "Open connections at most from one address (IPv6: from one /64) that is no trusted proxy; more are"
                                + " closed at once"),
                settings.integer("http-concurrent", DEFAULT.concurrent, 1, 10_000, "Requests at work at once"),
                settings.integer(
                        "http-concurrent-per-address",
                        DEFAULT.concurrentPerAddress,
                        1,
                        10_000,
                        "Requests at work at once from one address; its others wait for their turn. Fewer than"
                                + " --database-pool, so that no address has all connections to the database"),
                settings.integer(
                        "http-queued",
                        DEFAULT.queued,
                        0,
                        100_000,
                        "Requests that wait for their turn, at most half of them from one address; more are refused"),
                settings.duration(
                        "http-queue-wait", DEFAULT.queueWait, LONGEST, "How long one waits before it is answered 503"),
                settings.integer(
                        "http-uploads",
                        DEFAULT.uploads,
                        1,
                        1_000,
                        "Uploads at work at once; each holds a decoded picture in memory"),
                settings.integer(
                        "http-request-line", DEFAULT.requestLine, 256, 65_536, "Longest request line in bytes"),
                settings.integer("http-headers", DEFAULT.headers, 1_024, 1_048_576, "All headers together in bytes"),
                settings.duration("http-read", DEFAULT.read, LONGEST, "Longest silence while a request is being sent"),
                settings.duration(
                        "http-idle",
                        DEFAULT.idle,
                        LONGEST,
                        "Longest silence between requests on a connection, and longest time that a client takes nothing"
                                + " of an answer; longer than a balancer in front keeps idle connections, so that it is"
                                + " never the server that closes one"),
                settings.integer(
                        "http-memory",
                        DEFAULT.memory,
                        0,
                        1_000_000,
                        "Megabytes of the heap for connections, request bodies that are being received and answers that"
                                + " clients have not taken yet; what does not fit is refused (503). 0: a quarter of the"
                                + " heap"));
    }

    /** Bytes for what clients send and are sent. */
    public long memoryBytes() {
        return memory == 0 ? MemoryBudget.ofThisHeap() : memory * 1024L * 1024;
    }
}
