package ihome.platform.http;

import ihome.platform.rendered.Encodings;
import ihome.platform.rendered.Rendered;
import ihome.platform.rendered.Variant;
import ihome.platform.work.MemoryBudget;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends answers. What an answer holds in memory until its client has taken it comes out of the {@link MemoryBudget}. */
final class AnswerWriter {
    /** Longer bodies go out in pieces: sent as a whole, Helidon 4.5 would copy them. */
    static final int PIECE = 32 * 1024;

    private final SecurityHeaders security;
    private final MemoryBudget budget;

    AnswerWriter(SecurityHeaders security, MemoryBudget budget) {
        this.security = security;
        this.budget = budget;
    }

    /**
     * Sends the answer, or 503 when there is no memory for it. Returns when the client has taken it, as far as the
     * system's buffers do not hold it; the status that it went out with.
     *
     * @param address the client's
     */
    int send(ServerRequest request, ServerResponse response, Answer answer, String address) {
        try (MemoryBudget.Reservation memory = budget.open(address)) {
            Rendered rendered = answer.rendered();
            Variant variant = rendered == null
                    ? null
                    : rendered.bestFor(Encodings.of(
                            request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("")));
            boolean head = request.prologue().method().text().equals("HEAD");
            if (!head && !memory.tryAdd(held(answer, variant))) {
                return sendPlain(head, response, ExchangeFailure.overloaded().answer());
            }
            if (rendered != null && variant != null) {
                return sendRendered(request, response, rendered, variant);
            }
            return answer.stored() == null
                    ? sendPlain(head, response, answer)
                    : sendStored(head, response, answer, answer.stored());
        }
    }

    private static long held(Answer answer, @Nullable Variant variant) {
        Rendered rendered = answer.rendered();
        StoredBody stored = answer.stored();
        if (stored != null) {
            return stored.inMemory() + PIECE;
        }
        if (rendered != null && rendered.isPermanent()) {
            return PIECE;
        }
        long length = variant == null ? answer.body().length : variant.bodyLength();
        return length + Math.min(length, PIECE);
    }

    private void head(ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        for (Map.Entry<String, String> header : answer.headers()) {
            response.header(HeaderNames.create(header.getKey()), header.getValue());
        }
        security.missing(answer.contentType(), answer.headers())
                .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    }

    private int sendPlain(boolean head, ServerResponse response, Answer answer) {
        head(response, answer);
        byte[] body = answer.body();
        if (head) {
            sendLength(response, body.length);
        } else if (body.length == 0) {
            response.send();
        } else {
            sendBody(response, body, 0, body.length);
        }
        return answer.status();
    }

    private int sendStored(boolean head, ServerResponse response, Answer answer, StoredBody body) {
        if (head) {
            head(response, answer);
            sendLength(response, body.length());
            return answer.status();
        }
        try (InputStream in = body.source().open()) {
            head(response, answer);
            sendPieces(response, in, body.length());
            return answer.status();
        } catch (IOException e) {
            throw new CloseConnectionException("the body could not be read", e);
        }
    }

    private static int sendRendered(
            ServerRequest request, ServerResponse response, Rendered rendered, Variant variant) {
        boolean known = request.headers().contains(HeaderNames.IF_NONE_MATCH)
                && request.headers().get(HeaderNames.IF_NONE_MATCH).allValues().stream()
                        .anyMatch(variant::isKnownTo);
        response.status(known ? Status.NOT_MODIFIED_304 : Status.OK_200);
        for (Map.Entry<String, String> header : variant.headers()) {
            response.header(HeaderNames.create(header.getKey()), header.getValue());
        }
        if (known) {
            response.send();
            return Status.NOT_MODIFIED_304.code();
        }
        response.header(HeaderNames.CONTENT_TYPE, rendered.contentType());
        if (request.prologue().method().text().equals("GET")) {
            sendBody(response, variant.array(), variant.bodyFrom(), variant.bodyLength());
        } else {
            sendLength(response, variant.bodyLength());
        }
        return Status.OK_200.code();
    }

    /** The answer to HEAD. */
    private static void sendLength(ServerResponse response, long length) {
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        response.send();
    }

    private static void sendBody(ServerResponse response, byte[] array, int from, int length) {
        if (length <= PIECE) {
            response.send(array, from, length);
            return;
        }
        try {
            sendPieces(response, new ByteArrayInputStream(array, from, length), length);
        } catch (IOException e) {
            throw new CloseConnectionException("the client went away within its answer", e);
        }
    }

    /** The length is said beforehand, so that nothing is chunked. */
    private static void sendPieces(ServerResponse response, InputStream in, long length) throws IOException {
        response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        byte[] piece = new byte[(int) Math.min(PIECE, length)];
        // Closed only when all has been sent: closing says that the answer is whole.
        OutputStream out = response.outputStream();
        long left = length;
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) {
                throw new IOException("the body is shorter than it was");
            }
            out.write(piece, 0, read);
            left -= read;
        }
        out.close();
    }
}
