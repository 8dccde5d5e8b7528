package ihome.platform.http.engine;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks at all connections now and then and closes those whose time limits have passed. */
final class ConnectionSweep {
    private final Set<Connection> connections;

    private ConnectionSweep(Set<Connection> connections) {
        this.connections = connections;
    }

    /** Begins on each event loop; ends with it. */
    static void start(EventLoopGroup loops, Set<Connection> connections, Duration every) {
        ConnectionSweep sweep = new ConnectionSweep(connections);
        long millis = Math.max(10, every.toMillis());
        for (EventExecutor loop : loops) {
            var _ = loop.scheduleWithFixedDelay(() -> sweep.run(loop), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void run(EventExecutor loop) {
        long now = System.nanoTime();
        for (Connection connection : connections) {
            if (connection.channel().eventLoop().equals(loop)) {
                connection.closeIfLate(now);
            }
        }
    }
}
