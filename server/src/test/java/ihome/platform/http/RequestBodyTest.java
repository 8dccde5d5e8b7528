package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    /** A sender that is never silent long enough for the read time-out, and never done. */
    @Test
    void aBodyThatTricklesInIsGivenUp() {
        InputStream trickle = new InputStream() {
            @Override
            public int read() {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
        assertThatExceptionOfType(ExchangeFailure.class)
                .isThrownBy(() -> RequestBody.read(trickle, 1 << 20, Duration.ofMillis(200)))
                .satisfies(e -> assertThat(e.answer().status()).isEqualTo(400));
        assertThat(Route.Body.JSON.maxTime()).isEqualTo(Duration.ofSeconds(15));
        assertThat(Route.Body.UPLOAD.maxTime()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void oneByteTooManyIsTooMany() throws IOException {
        RequestBody.read(new ByteArrayInputStream(new byte[100_000]), 100_000, Duration.ofMinutes(1))
                .close();
        assertThatExceptionOfType(ExchangeFailure.class)
                .isThrownBy(() ->
                        RequestBody.read(new ByteArrayInputStream(new byte[100_001]), 100_000, Duration.ofMinutes(1)))
                .satisfies(e -> assertThat(e.answer().status()).isEqualTo(413));
    }
}
