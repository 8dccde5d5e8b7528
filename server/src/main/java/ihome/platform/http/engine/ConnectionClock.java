package ihome.platform.http.engine;

import ihome.platform.http.HttpBounds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/** The time limits of one connection, in {@link System#nanoTime}. Used by its event loop. */
final class ConnectionClock {
    /** How long a client may take to read the last response while it is still sending. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(2);

    private final long read;
    private final long idle;
    private long lastProgress = System.nanoTime();
    private long lastTaken = lastProgress;
    private long taken;

    ConnectionClock(HttpBounds bounds) {
        this.read = bounds.read().toNanos();
        this.idle = bounds.idle().toNanos();
    }

    /** A request or a part of it has come, or a response is out. */
    void progressed() {
        progressed(System.nanoTime());
    }

    void progressed(long now) {
        lastProgress = now;
    }

    /** @param headStartedAt when an incomplete head began; 0: there is none */
    boolean isIdleTooLong(long headStartedAt, long now) {
        return now - lastProgress > idle || (headStartedAt != 0 && now - headStartedAt > read);
    }

    boolean isSilentTooLong(long now) {
        return now - lastProgress > read;
    }

    boolean hasLingered(long now) {
        return now - lastProgress > LINGER;
    }

    /** Whether a response waits and the client has not taken anything of it for as long as a connection may be idle. */
    boolean isClientTakingNothing(Channel channel, long now) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        if (out == null || out.totalPendingWriteBytes() == 0) {
            lastTaken = now;
            return false;
        }
        long seen = 31 * out.totalPendingWriteBytes() + out.currentProgress() + System.identityHashCode(out.current());
        if (seen != taken) {
            taken = seen;
            lastTaken = now;
        }
        return now - lastTaken > idle;
    }
}
