package ihome.platform.rendered;

import java.nio.channels.SocketChannel;

/** Who may connect. Asked by the one thread that accepts connections, so it has to be quick. */
public interface Door {
    /** Whether this connection may stay; false: it is closed at once. */
    boolean admits(SocketChannel channel);

    /** A connection that was admitted is closed. A connection that failed before anything was read may not be told. */
    void left(SocketChannel channel);
}
