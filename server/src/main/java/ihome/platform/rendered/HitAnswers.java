package ihome.platform.rendered;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Reads requests and writes answers that are kept or made at once, for one {@link HitLoop}. Not for several threads. */
final class HitAnswers {
    /** Answers to requests that came together go out together, up to so many bytes. */
    private static final int TOGETHER = 16 * 1024;
    /** Longer answers go out in pieces. */
    private static final int PIECE = 128 * 1024;
    /** Bytes of a long answer until the other connections have their turn. */
    private static final int TURN = 4 * PIECE;

    /**
     * Longest that all connections wait for answers that are made, each time round, but for the last of these: a crowd of
     * searchers delays those who find kept answers by this and no more. Each connection has one made in its turn.
     */
    private static final long MAKING = TimeUnit.MICROSECONDS.toNanos(500);

    private static final byte[] NOTHING = new byte[0];

    private final HitSelector server;
    private final ByteBuffer out = ByteBuffer.allocateDirect(TOGETHER);
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    private long spentMaking;

    /** The answer that was found or made last: its route, whether the client knows it, and what follows its date. */
    private String route = "";

    private boolean known;
    private byte[] rest = NOTHING;
    /** Whether that is in memory anyway. */
    private boolean permanent;

    HitAnswers(HitSelector server) {
        this.server = server;
    }

    /** All connections are looked at once more. */
    void nextRound() {
        spentMaking = 0;
    }

    /**
     * Answers the requests at the beginning that can be answered; what is left goes to the connection's thread. So does a
     * second one that has to be made, of which many may have been sent together: there they wait for their turn.
     */
    void answer(Wire wire, byte[] bytes, int length) throws IOException {
        long start = System.nanoTime();
        HitRequest request = wire.request();
        boolean made = false;
        int at = 0;
        out.clear();
        while (at < length && wire.isBetweenRequests() && server.isOpen() && request.read(bytes, at, length)) {
            if (!find(request, bytes)) {
                if (made || !make(request.target())) {
                    break;
                }
                made = true;
            }
            byte[] first = known ? Message.NOT_MODIFIED : Message.FOUND;
            byte[] date = HttpDate.now();
            if (first.length + date.length + rest.length > out.remaining() && !flush(wire)) {
                wire.keep(unsent(bytes, at, length));
                return;
            }
            if (!wire.beginAnswer(start)) {
                return;
            }
            server.meter().hit(route, known ? 304 : 200, System.nanoTime() - start);
            out.put(first).put(date);
            at = request.end();
            if (rest.length <= out.remaining()) {
                out.put(rest);
            } else if (!sendLong(wire, rest, bytes, at, length)) {
                return;
            }
        }
        if (!flush(wire)) {
            wire.keep(unsent(bytes, at, length));
        } else if (wire.endAnswer() && at < length) {
            wire.hand(Arrays.copyOfRange(bytes, at, length));
        }
    }

    private boolean find(HitRequest request, byte[] bytes) {
        Rendered kept = server.hits().find(request.target());
        if (kept == null || (request.hasSession() && !kept.sameForAll())) {
            return false;
        }
        Variant variant = kept.bestFor(request.encodings());
        route = kept.route();
        known = request.knows(variant, bytes);
        rest = known ? variant.notModified() : variant.array();
        permanent = kept.isPermanent();
        return true;
    }

    private boolean make(Target target) {
        if (spentMaking > MAKING) {
            return false;
        }
        long start = System.nanoTime();
        AnswersAtOnce.Made made = server.atOnce().answer(target.toString());
        spentMaking += System.nanoTime() - start;
        if (made == null) {
            return false;
        }
        route = made.route();
        known = false;
        rest = made.message();
        permanent = false;
        return true;
    }

    /** Sends what was put together and then an answer that does not fit in; false when some of it is still to be sent. */
    private boolean sendLong(Wire wire, byte[] rest, byte[] bytes, int at, int length) throws IOException {
        boolean flushed = flush(wire);
        int sent = flushed ? send(wire, rest, 0) : 0;
        if (sent == rest.length) {
            return true;
        }
        byte[] front = flushed ? NOTHING : unflushed();
        int own = front.length + (permanent ? 0 : rest.length) + length - at;
        wire.keep(new Unsent(front, rest, sent, Arrays.copyOfRange(bytes, at, length), own));
        return false;
    }

    /** Sends more of what a slow client has not taken yet; the requests behind it come after. */
    void goOn(Wire wire) throws IOException {
        Unsent unsent = wire.unsent();
        wire.progressed();
        wire.channel().write(unsent.front);
        if (unsent.front.hasRemaining()) {
            return;
        }
        unsent.sent += send(wire, unsent.rest, unsent.sent);
        if (unsent.sent == unsent.rest.length) {
            wire.keptIsSent();
            answer(wire, unsent.requests, unsent.requests.length);
        }
    }

    /** Whether all that was put together has been sent; if not, {@link #unflushed} has the rest. */
    private boolean flush(Wire wire) throws IOException {
        if (out.position() == 0) {
            return true;
        }
        out.flip();
        wire.channel().write(out);
        if (out.hasRemaining()) {
            return false;
        }
        out.clear();
        return true;
    }

    /** What was put together, with the requests behind it. */
    private Unsent unsent(byte[] bytes, int at, int length) {
        byte[] front = unflushed();
        return new Unsent(front, NOTHING, 0, Arrays.copyOfRange(bytes, at, length), front.length + length - at);
    }

    private byte[] unflushed() {
        byte[] left = new byte[out.remaining()];
        out.get(left);
        return left;
    }

    /** Sends as much of a long answer as the client takes now; returns how many bytes that is. */
    private int send(Wire wire, byte[] bytes, int from) throws IOException {
        int sent = from;
        while (sent < bytes.length && sent - from < TURN) {
            piece.clear();
            piece.put(bytes, sent, Math.min(PIECE, bytes.length - sent)).flip();
            sent += wire.channel().write(piece);
            if (piece.hasRemaining()) {
                break;
            }
        }
        return sent - from;
    }

    /** What a client does not take as fast as it is sent. */
    static final class Unsent {
        private final ByteBuffer front;
        private final byte[] rest;
        private int sent;
        private final byte[] requests;
        private final int bytes;

        /**
         * @param front goes first
         * @param rest follows; not copied
         * @param sent how many bytes of the rest are sent
         * @param requests read already, and not answered
         * @param bytes how many of all these are in memory for this client
         */
        Unsent(byte[] front, byte[] rest, int sent, byte[] requests, int bytes) {
            this.bytes = bytes;
            this.front = ByteBuffer.wrap(front);
            this.rest = rest;
            this.sent = sent;
            this.requests = requests;
        }

        int bytes() {
            return bytes;
        }
    }
}
