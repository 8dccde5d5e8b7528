package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;

/**
 * Bounds the lines that tell the sizes of chunks: {@value #MAX_LINE} bytes and {@value #MAX_DIGITS} digits. The decoder has one
 * bound for these lines and for request lines, and takes any number of leading zeros. Where such a line begins is told by
 * how many bytes the decoder takes for what it gives.
 */
final class ChunkLineGuard {
    private static final int MAX_LINE = 64;
    private static final int MAX_DIGITS = 16;
    private static final byte LF = '\n';
    /** Behind each chunk's data. */
    private static final int LINE_END = 2;

    private enum State {
        /** There are no chunks. */
        NONE,
        /** A line with a size is next. */
        LINE,
        /** Data is next, or the end of its line. */
        DATA,
        /** Trailers are next, or the end. */
        TRAILER
    }

    private State state = State.NONE;
    private int lineLength;
    private boolean zero;

    /** A chunked body begins. */
    void begin() {
        state = State.LINE;
    }

    /** Whether the decoder may look at these bytes. */
    boolean accepts(ByteBuf in) {
        if (state != State.LINE) {
            return true;
        }
        int end = in.bytesBefore(Math.min(in.readableBytes(), MAX_LINE + 1), LF);
        if (end < 0) {
            return in.readableBytes() <= MAX_LINE;
        }
        lineLength = end + 1;
        int digits = 0;
        zero = true;
        while (digits < end && Character.digit(in.getByte(in.readerIndex() + digits), 16) >= 0) {
            zero &= in.getByte(in.readerIndex() + digits) == '0';
            digits++;
        }
        return digits <= MAX_DIGITS;
    }

    /**
     * The decoder has looked.
     *
     * @param taken bytes that it has taken
     * @param given bytes of the body among them
     * @param last whether the body has ended
     */
    void decoded(int taken, int given, boolean last) {
        if (last) {
            state = State.NONE;
        } else if (state == State.LINE && taken > 0) {
            state = zero ? State.TRAILER : behindData(taken - lineLength, given);
        } else if (state == State.DATA) {
            state = behindData(taken, given);
        }
    }

    private static State behindData(int taken, int given) {
        return taken - given == LINE_END ? State.LINE : State.DATA;
    }
}
