package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a long body piece by piece, as fast as the client takes it, in turns with the other connections of the event loop.
 * One body at a time. It goes by the pieces that have been taken, and not by the channel's writability, of which a stream of
 * HTTP/2 may not be told while cached responses wait on its connection.
 */
final class PieceWriter {
    private static final int RAW_PIECE = 64 * 1024;
    /** As a frame of HTTP/2: who takes one in the time in which a client has to take something is waited for. */
    private static final int CONTENT_PIECE = 16 * 1024;
    /** Bytes that wait for the client to take them, at most. */
    private static final int MAX_UNDER_WAY = 128 * 1024;
    /** Bytes until the other connections have their turn. */
    private static final int TURN = 512 * 1024;

    private final ChannelHandlerContext context;
    private final boolean raw;
    private byte[] array = new byte[0];
    private int at;
    private int end;
    private int underWay;
    private @Nullable Consumer<Boolean> done;
    private boolean writing;

    /** @param raw whether the pieces are bytes of a connection, and not contents for an encoder */
    PieceWriter(ChannelHandlerContext context, boolean raw) {
        this.context = context;
        this.raw = raw;
    }

    boolean isBusy() {
        return done != null;
    }

    /**
     * Begins.
     *
     * @param body not copied, and not to be changed
     * @param whenDone told whether all was written
     */
    void write(byte[] body, int from, int length, Consumer<Boolean> whenDone) {
        array = body;
        at = from;
        end = from + length;
        done = whenDone;
        goOn();
    }

    private void goOn() {
        if (writing || done == null) {
            return;
        }
        writing = true;
        try {
            int turn = at + Math.min(TURN, end - at);
            while (at < turn && underWay < MAX_UNDER_WAY) {
                writePiece(Math.min(raw ? RAW_PIECE : CONTENT_PIECE, turn - at));
            }
        } finally {
            writing = false;
        }
        if (at == end) {
            finish();
        } else {
            context.flush();
            if (underWay < MAX_UNDER_WAY) {
                context.executor().execute(this::goOn);
            }
        }
    }

    private void writePiece(int length) {
        ByteBuf piece = Unpooled.wrappedBuffer(array, at, length);
        at += length;
        underWay += length;
        context.write(raw ? piece : new DefaultHttpContent(piece)).addListener(written -> {
            underWay -= length;
            if (written.isSuccess()) {
                goOn();
            } else {
                abort();
            }
        });
    }

    private void finish() {
        Consumer<Boolean> told = done;
        done = null;
        array = new byte[0];
        if (told != null) {
            context.writeAndFlush(raw ? Unpooled.EMPTY_BUFFER : LastHttpContent.EMPTY_LAST_CONTENT)
                    .addListener(future -> told.accept(future.isSuccess()));
        }
    }

    /** The connection or the stream is closed. */
    void abort() {
        Consumer<Boolean> told = done;
        done = null;
        if (told != null) {
            told.accept(false);
        }
    }
}
