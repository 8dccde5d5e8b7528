package ihome.platform.http.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadGuardTest {
    private static final String HEAD = "\r\nGET /a?b=c HTTP/1.1\r\nHost: x\r\nX-A: \u00e9\tb \r\nX-B:\r\n\r\n";

    /** The whole at once, and in pieces of any size, of which the decoder takes some. */
    private static boolean accepts(String text, Random random) {
        HeadGuard guard = new HeadGuard();
        ByteBuf in = Unpooled.buffer();
        byte[] bytes = text.getBytes(ISO_8859_1);
        int at = 0;
        while (at < bytes.length) {
            int n = Math.min(bytes.length - at, 1 + random.nextInt(bytes.length));
            in.writeBytes(bytes, at, n);
            at += n;
            if (!guard.accepts(in)) {
                return false;
            }
            int taken = random.nextInt(in.readableBytes() + 1);
            in.skipBytes(taken);
            guard.consumed(taken);
        }
        return true;
    }

    @Test
    void aHeadInAnyPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            assertThat(accepts(HEAD + "\u0000 what follows is the body's", random))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nGET / HTTP/1.1\r\n",
                "\rGET / HTTP/1.1\r\n",
                " GET / HTTP/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET / HTTP/1.1 \r\n",
                "GET /\r\n",
                "GET\t/ HTTP/1.1\r\n",
                "GET /\u00e9 HTTP/1.1\r\n",
                "GET /\u007f HTTP/1.1\r\n",
                "GET / HTTP/1.1\n",
                "GET / HTTP/1.1\r\r\n",
                "GET / HTTP/1.1\r\n X: y\r\n",
                "GET / HTTP/1.1\r\nX: y\r\n\tz\r\n",
                "GET / HTTP/1.1\r\nX: y\u0000\r\n",
                "GET / HTTP/1.1\r\nX: y\u007f\r\n",
                "GET / HTTP/1.1\r\nX: y\rz\r\n",
                "GET / HTTP/1.1\r\nX: y\nZ: z\r\n",
                "GET / HTTP/1.1\r\nX: y\r\n\rZ"
            })
    void whatParsersUnderstandDifferently(String text) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            assertThat(accepts(text, random)).as("seed %d", seed).isFalse();
        }
    }

    @Test
    void theNextHeadIsLookedAtToo() {
        HeadGuard guard = new HeadGuard();
        ByteBuf in = Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET\t/ HTTP/1.1\r\n", ISO_8859_1);
        assertThat(guard.accepts(in)).isTrue();
        int head = in.toString(ISO_8859_1).indexOf("\r\n\r\n") + 4;
        in.skipBytes(head);
        guard.consumed(head);
        guard.reset();
        assertThat(guard.hasBegun()).isFalse();
        assertThat(guard.accepts(in)).isFalse();
    }
}
