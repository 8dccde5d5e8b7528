package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.platform.http.engine.HttpServer;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that the operating system sends: HTTP/1.1 without TLS. {@link TlsTest} has what is read instead. */
@Tag("slow")
class StoredFileTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final String SMALL = "0123456789".repeat(12_000);
    /** More than the system's buffers of a connection take, by far. */
    private static final int LARGE = 32 * 1024 * 1024;

    private static final int CONNECTIONS = 24;
    private static final int FILES = CONNECTIONS / 8;

    @TempDir
    private Path folder;

    private final List<RawConnection> clients = new ArrayList<>();
    private final AtomicInteger read = new AtomicInteger();
    private Path small = Path.of("");
    private Path large = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isDirectory(HANDLES), "this system does not list the handles of a process");
        small = Files.writeString(folder.resolve("small"), SMALL);
        large = folder.resolve("large");
        try (FileChannel file = FileChannel.open(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), LARGE - 1);
        }
        server = server(Duration.ofSeconds(60));
    }

    private HttpServer server(Duration idle) {
        HttpBounds bounds = new HttpBounds(
                CONNECTIONS,
                CONNECTIONS,
                64,
                64,
                64,
                Duration.ofSeconds(20),
                4,
                1024,
                8 * 1024,
                Duration.ofSeconds(60),
                idle,
                64);
        return TestHttp.server(
                bounds,
                List.of(
                        Route.get("/small", Access.OPEN, _ -> stored(small, SMALL.length())),
                        Route.get("/large", Access.OPEN, _ -> stored(large, LARGE)),
                        Route.get("/shorter", Access.OPEN, _ -> stored(small, SMALL.length() + 1)),
                        Route.get("/gone", Access.OPEN, _ -> stored(folder.resolve("gone"), 1_000)),
                        Route.get("/done", Access.OPEN, _ -> Response.done("OK"))));
    }

    private Response stored(Path file, long length) {
        return Response.stored("text/plain", new StoredBody(0, length, 0, () -> open(file), file));
    }

    private InputStream open(Path file) throws IOException {
        read.incrementAndGet();
        return Files.newInputStream(file);
    }

    @AfterEach
    void stop() {
        clients.forEach(RawConnection::close);
        if (server != null) {
            server.close();
        }
    }

    private RawConnection ask(String request) {
        RawConnection client = RawConnection.from("127.0.0.1", server.port(), 4096);
        clients.add(client);
        return client.send(request);
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
    }

    /** How often this process has a file open. */
    private static long handles(Path file) {
        try (Stream<Path> open = Files.list(HANDLES)) {
            Path real = file.toRealPath();
            return open.filter(each -> real.equals(target(each))).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path target(Path handle) {
        try {
            return Files.readSymbolicLink(handle);
        } catch (IOException closed) {
            return handle;
        }
    }

    private static void awaitHandles(Path file, long wanted) {
        Await.until(wanted + " handles of the file are open", () -> handles(file), open -> open == wanted);
    }

    /** Protection: SentFiles.deallocate closes; without it every picture leaves a handle open. */
    @Test
    void aFileIsSentByTheSystemAndClosed() {
        RawConnection client = ask(get("/small"));
        for (int i = 0; i < 3; i++) {
            RawConnection.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(SMALL);
            assertThat(answer.headers()).doesNotContainKey("Transfer-Encoding");
            client.send(get("/small"));
        }
        client.answer();
        awaitHandles(small, 0);
        assertThat(read).hasValue(0);
    }

    /** Protection: the decoder is paused behind each request; without it the answers are mixed up. */
    @Test
    void requestsThatWereSentTogetherAreAnsweredInOrder() {
        RawConnection client = ask(get("/small") + get("/done") + get("/small", "Range: bytes=5-6\r\n") + get("/done"));
        assertThat(client.answer().body()).isEqualTo(SMALL);
        assertThat(client.answer().body()).contains("OK");
        assertThat(client.answer().body()).isEqualTo("56");
        assertThat(client.answer().body()).contains("OK");
    }

    /** Protection: StoredBody.from; without it each range begins with the first byte. */
    @ParameterizedTest
    @CsvSource({
        "5-14, 5, 15",
        "119993-, 119993, 120000",
        "-7, 119993, 120000",
        "0-, 0, 120000",
        "70001-70001, 70001, 70002"
    })
    void aRangeIsSentByTheSystem(String range, int from, int to) {
        RawConnection.Answer answer =
                ask(get("/small", "Range: bytes=" + range + "\r\n")).answer();
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/120000");
        assertThat(answer.body()).isEqualTo(SMALL.substring(from, to));
        assertThat(read).hasValue(0);
    }

    /** Protection: ResponseRenderer has no body for it; without that the file comes behind the head. */
    @Test
    void ofAFileOnlyTheHeadIsSentWhenThatIsAskedFor() {
        RawConnection client = ask(get("/small", "Connection: close\r\n").replace("GET", "HEAD"));
        assertThat(client.answer(false).header("Content-Length")).isEqualTo("120000");
        assertThat(client.rest()).isEmpty();
        assertThat(read).hasValue(0);
    }

    /** Protection: SentFiles' bound; without it every slow client holds a handle. */
    @Test
    void whatIsBeyondTheBoundOfOpenFilesIsReadInPieces() {
        for (int i = 0; i < 2 * FILES; i++) {
            ask(get("/large"));
        }
        Await.until("the rest is read", read::get, bodies -> bodies == FILES);
        assertThat(handles(large)).isEqualTo(2 * FILES); // the test's own source holds one too
        RawConnection.Answer answer = ask(get("/small")).answer();
        assertThat(answer.body()).isEqualTo(SMALL);
        assertThat(read).hasValue(FILES + 1);
        clients.forEach(RawConnection::close);
        awaitHandles(large, 0);
        for (int i = 0; i < FILES; i++) { // each has given its place back
            ask(get("/large"));
        }
        awaitHandles(large, FILES);
        assertThat(read).hasValue(FILES + 1);
    }

    /** Protection: SentFiles compares the lengths; without it the client is promised what is not there. */
    @ParameterizedTest
    @CsvSource({"/shorter", "/gone"})
    void aFileThatIsNotWholeEndsTheConnection(String path) {
        for (int i = 0; i < 2 * FILES; i++) { // none keeps a place
            assertThat(ask(get(path)).rest()).isEmpty();
        }
        assertThat(ask(get("/small")).answer().body()).isEqualTo(SMALL);
        assertThat(read).hasValue(0);
        awaitHandles(small, 0);
    }

    /** Protection: the connection is closed; with something in place of what is missing the client takes it for the file. */
    @Test
    void aFileThatBecomesShorterWhileItIsSentEndsTheConnection() throws IOException {
        RawConnection client = ask(get("/large", "Connection: close\r\n"));
        assertThat(client.answer(false).header("Content-Length")).isEqualTo(Integer.toString(LARGE));
        try (FileChannel file = FileChannel.open(large, StandardOpenOption.WRITE)) {
            file.truncate(LARGE / 2);
        }
        assertThat(client.rest().length()).isBetween(1, LARGE / 2);
        awaitHandles(large, 0);
    }

    /** Protection: a file is opened once; opened for each piece, the end of another one would be sent. */
    @Test
    void aFileThatIsReplacedWhileItIsSentIsSentAsItWas() throws IOException {
        RawConnection client = ask(get("/large", "Connection: close\r\n"));
        client.answer(false);
        Path other = Files.write(folder.resolve("other"), "x".repeat(LARGE).getBytes(ISO_8859_1));
        Files.move(other, large, StandardCopyOption.ATOMIC_MOVE);
        assertThat(client.rest()).hasSize(LARGE).doesNotContain("x");
    }

    /** Protection: ConnectionClock.isClientTakingNothing; without it the client holds the handle for as long as it likes. */
    @Test
    void aClientThatTakesNothingIsLeft() {
        server.close();
        server = server(Duration.ofMillis(300));
        RawConnection client = ask(get("/large"));
        awaitHandles(large, 1);
        awaitHandles(large, 0);
        assertThat(client.rest().length()).isLessThan(LARGE);
    }

    /** Protection: the region is released with its connection; without that every client that goes away leaves a handle. */
    @Test
    void theFileOfAClientThatGoesAwayIsClosed() {
        RawConnection client = ask(get("/large"));
        awaitHandles(large, 1);
        client.close();
        awaitHandles(large, 0);
    }

    /** Protection: Http1Connection.closeIfIdle; without its condition the file ends in its middle. */
    @Test
    void aServerThatStopsSendsFilesToTheirEnd() {
        RawConnection client = ask(get("/large"));
        client.answer(false);
        server.drain();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        assertThat(client.rest()).hasSize(LARGE);
        stopped.join();
        awaitHandles(large, 0);
    }
}
