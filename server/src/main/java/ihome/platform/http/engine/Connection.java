package ihome.platform.http.engine;

import io.netty.channel.Channel;

/** An open connection, as those see it that watch over all of them. */
interface Connection {
    Channel channel();

    /** Closes it when a time limit has passed. Called on its event loop, now and then. */
    void closeIfLate(long now);

    /** Tells the client that the server stops, where the protocol has a way to. Called on its event loop. */
    default void drain() {}

    /** Closes it as soon as nothing is under way. Called on its event loop. */
    void closeWhenIdle();
}
