package ihome.platform.http.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.work.MemoryBudget;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoder by itself, without connections. */
class Http1DecoderTest {
    private static final int LONGEST_PIECE = 97;

    private static EmbeddedChannel channel() {
        ConnectionMemory memory = new ConnectionMemory(new MemoryBudget(1 << 24).openForMany());
        return new EmbeddedChannel(
                new Http1Decoder(new HttpDecoderConfig().setMaxChunkSize(50), memory, new RequestChecks()));
    }

    /** What comes out of these bytes, sent in pieces: a line for each request with its body, and one for a failure. */
    private static List<String> decoded(byte[] bytes, Random random) {
        EmbeddedChannel channel = channel();
        int at = 0;
        while (at < bytes.length) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_PIECE));
            channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(bytes, at, to)));
            at = to;
        }
        List<String> all = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (HttpObject each = channel.readInbound(); each != null; each = channel.readInbound()) {
            if (each.decoderResult().isFailure()) {
                all.add("failure");
                return all;
            }
            if (each instanceof HttpRequest request) {
                body.setLength(0);
                body.append(request.uri()).append(' ');
            }
            if (each instanceof HttpContent content) {
                body.append(content.content().toString(ISO_8859_1));
                content.release();
            }
            if (each instanceof LastHttpContent) {
                all.add(body.toString());
            }
        }
        channel.finishAndReleaseAll();
        return all;
    }

    /** Chunked bodies of every shape, one behind the other, cut anywhere: none is refused, and each comes out as it was. */
    @Test
    void chunkedBodiesInAnyPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            StringBuilder sent = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sent.append("POST /").append(i).append(" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
                StringBuilder body = new StringBuilder("/" + i + " ");
                for (int chunk = random.nextInt(5); chunk > 0; chunk--) {
                    String data = "\r\n0\r\nab;".repeat(1 + random.nextInt(20)).substring(random.nextInt(4));
                    sent.append("0".repeat(random.nextInt(3)))
                            .append(Integer.toHexString(data.length()))
                            .append(random.nextBoolean() ? ";a=b" : "")
                            .append("\r\n")
                            .append(data)
                            .append("\r\n");
                    body.append(data);
                }
                sent.append(random.nextBoolean() ? "0\r\n" : "000;x\r\n");
                sent.append(random.nextBoolean() ? "X-Trailer: " + "y".repeat(100) + "\r\n" : "")
                        .append("\r\n");
                expected.add(body.toString());
            }
            assertThat(decoded(sent.toString().getBytes(ISO_8859_1), random))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }

    /** Protection: ChunkLineGuard; without it the decoder takes lines as long as a request line, and any number of zeros. */
    @Test
    void sizeLinesHaveABound() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String line : List.of(
                "0".repeat(16) + "2\r\n{}\r\n0\r\n\r\n",
                "2;" + "x".repeat(64) + "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n" + "0".repeat(17) + "\r\n\r\n",
                "2\r\n{}\r\n0;" + "x".repeat(64) + "\r\n\r\n",
                "0".repeat(2_000))) {
            for (int i = 0; i < 50; i++) {
                assertThat(decoded((head + line).getBytes(ISO_8859_1), random))
                        .as("seed %d, %s", seed, line)
                        .containsExactly("failure");
            }
        }
    }

    /** Protection: RequestHeaders; without it the decoder takes the first of several lengths in HTTP/1.0. */
    @Test
    void oneLengthAtMost() {
        for (String version : List.of("1.0", "1.1")) {
            String request =
                    "POST / HTTP/" + version + "\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}";
            ConnectionMemory memory = new ConnectionMemory(new MemoryBudget(1 << 24).openForMany());
            EmbeddedChannel channel = new EmbeddedChannel(new Http1Decoder(
                    new HttpDecoderConfig().setHeadersFactory(RequestHeaders.FACTORY), memory, new RequestChecks()));
            channel.writeInbound(Unpooled.copiedBuffer(request, ISO_8859_1));
            HttpRequest decoded = channel.readInbound();
            assertThat(decoded.decoderResult().isFailure()).as(version).isTrue();
            channel.finishAndReleaseAll();
        }
    }

    /** What follows a request stays bytes while the decoder is paused. */
    @Test
    void pausedAndResumed() {
        ConnectionMemory memory = new ConnectionMemory(new MemoryBudget(1 << 24).openForMany());
        Http1Decoder decoder = new Http1Decoder(new HttpDecoderConfig(), memory, new RequestChecks());
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        decoder.pause();
        String two = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n";
        channel.writeInbound(Unpooled.copiedBuffer(two, ISO_8859_1));
        HttpObject nothing = channel.readInbound();
        assertThat(nothing).isNull();
        assertThat(decoder.hasUnread()).isTrue();
        decoder.resume();
        HttpRequest first = channel.readInbound();
        assertThat(first.uri()).isEqualTo("/1");
        channel.finishAndReleaseAll();
    }
}
