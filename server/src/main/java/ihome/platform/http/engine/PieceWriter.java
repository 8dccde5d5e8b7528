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
 * One body at a time.
 */
final class PieceWriter {
    private static final int PIECE = 64 * 1024;
    /** Bytes until the other connections have their turn. */
    private static final int TURN = 8 * PIECE;

    private final ChannelHandlerContext context;
    private final boolean raw;
    private byte[] array = new byte[0];
    private int at;
    private int end;
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

    /** To be called when the client has taken something. */
    void goOn() {
        if (writing || done == null) {
            return;
        }
        writing = true;
        try {
            int turn = at + Math.min(TURN, end - at);
            while (at < turn && context.channel().isWritable()) {
                int length = Math.min(PIECE, turn - at);
                ByteBuf piece = Unpooled.wrappedBuffer(array, at, length);
                at += length;
                var _ = context.write(raw ? piece : new DefaultHttpContent(piece));
                if (!context.channel().isWritable()) {
                    context.flush();
                }
            }
        } finally {
            writing = false;
        }
        if (at == end) {
            finish();
        } else {
            context.flush();
            if (context.channel().isWritable()) {
                context.executor().execute(this::goOn);
            }
        }
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

    /** The connection is closed. */
    void abort() {
        Consumer<Boolean> told = done;
        done = null;
        if (told != null) {
            told.accept(false);
        }
    }
}
