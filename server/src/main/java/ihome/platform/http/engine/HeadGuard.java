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

    /** Looks at what has not been looked at yet of the readable bytes; false: they are no head. */
    boolean accepts(ByteBuf in) {
        byte[] bytes = ARRAY.get();
        int left = in.readableBytes() - scanned;
        while (left > 0 && !complete && !wrong) {
            int n = Math.min(left, bytes.length);
            in.getBytes(in.readerIndex() + scanned, bytes, 0, n);
            scanned += scan(bytes, n);
            left -= n;
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
        for (int i = 0; i < length; i++) {
            if (!process(bytes[i])) {
                return i + 1;
            }
        }
        return length;
    }

    private boolean process(byte value) {
        byte before = previous;
        previous = value;
        if (before == CR || value == LF) {
            return endOfLine(before, value);
        }
        if (value == CR) {
            emptyLine = before == LF;
            return true;
        }
        begun = true;
        wrong = inRequestLine ? !isInRequestLine(before, value) : !isInHeader(before, value);
        return !wrong;
    }

    private boolean endOfLine(byte before, byte value) {
        if (before != CR || value != LF) {
            wrong = true;
            return false;
        }
        if (!begun) {
            return true; // an empty line in front of a request is skipped
        }
        if (inRequestLine) {
            inRequestLine = false;
            wrong = spaces != 2;
        } else if (emptyLine) {
            complete = true;
        }
        return !wrong && !complete;
    }

    private boolean isInRequestLine(byte before, byte value) {
        if (value == SP) {
            spaces++;
            return before != SP && before != LF && spaces <= 2;
        }
        return value > SP && value < DEL;
    }

    private static boolean isInHeader(byte before, byte value) {
        boolean blank = value == SP || value == HT;
        if (before == LF && blank) {
            return false;
        }
        return blank || value < 0 || (value > SP && value != DEL);
    }
}
