package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.Overloaded;
import ihome.platform.work.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private final MemoryBudget budget = new MemoryBudget(1 << 20);

    private RequestBody read(InputStream in, int maxBytes, Duration maxTime) throws IOException {
        return RequestBody.read(in, OptionalLong.empty(), maxBytes, maxTime, budget.open("one"));
    }

    /** Protection: Reading.growTo reserves before it allocates; without it a body is in memory that nobody counts. */
    @Test
    void memoryIsTakenAsTheBytesComeInAndGivenBack() throws IOException {
        for (int length : new int[] {0, 1, 1023, 1024, 1025, 5_000, 65_535, 65_536}) {
            byte[] sent = bytes(length);
            for (OptionalLong announced : List.of(OptionalLong.empty(), OptionalLong.of(length))) {
                try (RequestBody body = RequestBody.read(
                        new ByteArrayInputStream(sent),
                        announced,
                        1 << 20,
                        Duration.ofMinutes(1),
                        budget.open("one"))) {
                    assertThat(body.bytes()).isEqualTo(sent);
                    assertThat(budget.used()).isBetween((long) length, 2L * length + 1024);
                }
                assertThat(budget.used()).isZero();
            }
        }
        try (RequestBody body = read(new ByteArrayInputStream(bytes(65_537)), 1 << 20, Duration.ofMinutes(1))) {
            assertThat(body.bytes()).isEqualTo(bytes(65_537));
            assertThat(budget.used()).as("of a body on disk").isZero();
            body.reserve(65_537);
            assertThat(budget.used()).isEqualTo(65_537);
        }
        assertThat(budget.used()).isZero();
    }

    /** What is announced costs nothing; what is sent beyond the budget is refused, and holds nothing. */
    @Test
    void aBodyThatFindsNoMemoryIsRefused() {
        MemoryBudget small = new MemoryBudget(60_000);
        long[] most = new long[1];
        InputStream watching = new ByteArrayInputStream(bytes(60_000)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                most[0] = Math.max(most[0], small.used());
                return super.read(buffer, offset, Math.min(length, 100));
            }
        };
        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> RequestBody.read(
                        watching, OptionalLong.of(60_000), 1 << 20, Duration.ofMinutes(1), small.open("one")));
        assertThat(most[0]).isBetween(10_000L, 20_000L);
        assertThat(small.used()).isZero();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

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
        assertThatExceptionOfType(RequestFailure.class)
                .isThrownBy(() -> read(trickle, 1 << 20, Duration.ofMillis(200)))
                .satisfies(e -> assertThat(e.answer().status()).isEqualTo(400));
        assertThat(Route.Body.JSON.maxTime()).isEqualTo(Duration.ofSeconds(15));
        assertThat(Route.Body.UPLOAD.maxTime()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void oneByteTooManyIsTooMany() throws IOException {
        read(new ByteArrayInputStream(new byte[100_000]), 100_000, Duration.ofMinutes(1))
                .close();
        assertThatExceptionOfType(RequestFailure.class)
                .isThrownBy(() -> read(new ByteArrayInputStream(new byte[100_001]), 100_000, Duration.ofMinutes(1)))
                .satisfies(e -> assertThat(e.answer().status()).isEqualTo(413));
    }
}
