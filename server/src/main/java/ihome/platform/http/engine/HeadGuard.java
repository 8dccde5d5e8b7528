package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Looks at the bytes of a request's head for what parsers understand differently, before the decoder sees them: control
 * characters, line ends that are not CR LF, continued lines (obs-fold), and a request line that is not three words of
 * visible ASCII with one space between them (RFC 9112, 2.2, 3 and 5.2). It understands nothing of them.
 */
final class HeadGuard {
    private static final byte SP = ' ';
    private static final byte HT = '\t';
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte DEL = 127;

    /** The bytes that are right wherever a line has begun. */
    private static final boolean[] VISIBLE = new boolean[256];

    static {
        for (int i = SP + 1; i < DEL; i++) {
            VISIBLE[i] = true;
        }
    }

    /** Bytes looked at in one go: in an array they are looked at faster than in the buffer. */
    private static final FastThreadLocal<byte[]> ARRAY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[2048];
        }
    };

    private byte previous = LF;
    private boolean begun;
    private boolean inRequestLine = true;
    private int spaces;
    private boolean emptyLine;
    private boolean complete;
    private boolean wrong;
    private int scanned;

    /** Whether anything but empty lines has been seen since the head before. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether a head begins with the next byte. */
    boolean isAtStart() {
        return !begun && scanned == 0 && previous == LF;
    }

    /** Looks at what has not been looked at yet of the readable bytes; false: they are no head. */
    boolean accepts(ByteBuf in) {
        int left = in.readableBytes() - scanned;
        if (left > 0 && !complete && !wrong) {
            byte[] bytes = ARRAY.get();
            while (left > 0 && !complete && !wrong) {
                int n = Math.min(left, bytes.length);
                in.getBytes(in.readerIndex() + scanned, bytes, 0, n);
                scanned += scan(bytes, n);
                left -= n;
            }
        }
        return !wrong;
    }

    /** The decoder has taken so many bytes from the front. */
    void consumed(int bytes) {
        scanned = Math.max(0, scanned - bytes);
    }

    /** The head is complete, another one follows some time. */
    void reset() {
        previous = LF;
        begun = false;
        inRequestLine = true;
        spaces = 0;
        complete = false;
        scanned = 0;
    }

    /** How many of the bytes belong to the head, as far as it is understood. */
    private int scan(byte[] bytes, int length) {
        int i = 0;
        while (i < length && !complete && !wrong) {
            byte value = bytes[i];
            if (!VISIBLE[value & 0xff]) {
                other(value);
                previous = value;
                i++;
                continue;
            }
            wrong = previous == CR;
            begun = true;
            while (i < length && VISIBLE[bytes[i] & 0xff]) {
                i++;
            }
            previous = bytes[i - 1];
        }
        return i;
    }

    /** A blank, the end of a line, or what is wrong in most places. */
    private void other(byte value) {
        if (previous == CR || value == LF) {
            endOfLine(value);
        } else if (value == CR) {
            emptyLine = previous == LF;
        } else if (value == SP && inRequestLine) {
            spaces++;
            wrong = previous == SP || previous == LF || spaces > 2;
        } else {
            boolean blank = value == SP || value == HT;
            boolean folded = blank && previous == LF;
            wrong = inRequestLine || folded || !(blank || value < 0);
        }
    }

    private void endOfLine(byte value) {
        if (previous != CR || value != LF) {
            wrong = true;
        } else if (!begun) {
            return; // an empty line in front of a request is skipped
        } else if (inRequestLine) {
            inRequestLine = false;
            wrong = spaces != 2;
        } else if (emptyLine) {
            complete = true;
        }
    }
}
