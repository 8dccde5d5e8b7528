package ihome.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.testing.Await;
import ihome.testing.BusyMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database that takes nobody: it is asked again at a steady pace, and who needs it is told at once. */
@Tag("timing")
final class FailFastDataSourceTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final ServerSocket nobody = listener();
    private final Database database = new Database(address());

    private DatabaseConfig address() {
        return new DatabaseConfig(
                "jdbc:postgresql://127.0.0.1:" + nobody.getLocalPort() + "/ihome", "ihome", "secret", 4);
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void begin() {
        Thread.ofVirtual().start(() -> {
            while (!nobody.isClosed()) {
                try (Socket _ = nobody.accept()) {
                    attempts.incrementAndGet();
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        nobody.close();
    }

    /** Protection: without FailFastDataSource the pool doubles its waits up to 5 s, and the 12th attempt takes 20 s. */
    @Test
    void itIsAskedAgainAtASteadyPace() {
        long start = System.nanoTime();
        Await.until(() -> attempts.get() >= 12);
        BusyMachine.assertWithin(Duration.ofSeconds(14), "twelve attempts", start);
    }

    /**
     * Protection: FailFastDataSource.stop; without it each end waits for 3 s, and a start that is refused with it. One that is
     * quick is enough, since other tests have the processor too.
     */
    @Test
    void itsEndDoesNotWaitForTheDatabase() {
        Duration quickest = Duration.ofDays(1);
        for (int i = 0; i < 5 && quickest.compareTo(Duration.ofSeconds(2)) >= 0; i++) {
            int before = attempts.get();
            Database ending = new Database(address());
            Await.until(() -> attempts.get() >= before + 8);
            long start = System.nanoTime();
            ending.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            quickest = took.compareTo(quickest) < 0 ? took : quickest;
        }
        BusyMachine.assertWithin(Duration.ofSeconds(2), "the quickest of five", quickest);
    }

    /** Protection: the look at the last failure in Database.connection; without it each waits for 3 s. */
    @Test
    void nobodyWaitsForWhatIsNotThere() {
        Await.until(() -> attempts.get() >= 8);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> database.withConnection(handle -> handle.execute("select 1")))
                    .isInstanceOf(JdbiException.class)
                    .rootCause()
                    .isInstanceOf(IOException.class);
        }
        BusyMachine.assertWithin(Duration.ofSeconds(15), "twenty refusals", start);
        assertThat(database.answers()).isFalse();
    }
}
