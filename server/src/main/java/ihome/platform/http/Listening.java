package ihome.platform.http;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the web server listening. Helidon 4.5 gives up its socket for good when a connection cannot be accepted, as when the
 * process is out of file handles, and does not say so to anybody. So twice a second it is looked whether somebody
 * listens on the port; where nobody does, and there are handles again, another server is started there.
 */
final class Listening implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final Duration EVERY = Duration.ofMillis(500);

    private final InetAddress address;
    private final int port;
    private final IntFunction<WebServer> start;
    private final Thread watch;
    private volatile WebServer server;
    private volatile boolean closed;

    /**
     * @param server the first one, which runs
     * @param start starts another one on a port; what it returns may not be running
     */
    Listening(InetAddress address, WebServer server, IntFunction<WebServer> start) {
        this.address = address;
        this.port = server.port();
        this.server = server;
        this.start = start;
        this.watch = Thread.ofPlatform().daemon().name("listening").start(this::watch);
    }

    int port() {
        return port;
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(EVERY.toNanos());
            try {
                if (!closed && nobodyListens()) {
                    restart();
                }
            } catch (RuntimeException e) {
                log.error("the port {} cannot be listened on", port, e);
            }
        }
    }

    /** False also when it cannot be found out for want of file handles. */
    private boolean nobodyListens() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port), 1);
            return true;
        } catch (IOException e) {
            return false; // our own server has it, or there is no handle for another socket
        }
    }

    private void restart() {
        WebServer ended = server;
        WebServer next = start.apply(port);
        if (!next.isRunning()) {
            return;
        }
        log.error(
                "nobody listened on port {} any more, probably since the process was out of file handles;"
                        + " listening again",
                port);
        server = next;
        // It waits for its connections; they have been cut already.
        Thread.ofVirtual().start(ended::stop);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
