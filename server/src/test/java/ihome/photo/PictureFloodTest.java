package ihome.photo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.SpilledUploads;
import ihome.testing.TestServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many uploads at once: each is answered, memory and disk have their bounds. {@code -Dihome.flood=1000} uploads so many
 * photos of 12 megapixels and tells what the heap held at most.
 */
@Tag("timing")
class PictureFloodTest {
    private static final String MARK = "flood-" + System.nanoTime();

    /** A form with one photo. */
    static byte[] form(byte[] picture) {
        byte[] start = (MARK
                        + "\r\n--x\r\nContent-Disposition: form-data; name=\"house_image\"; filename=\"a.jpg\"\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] end = "\r\n--x--\r\n".getBytes(US_ASCII);
        byte[] whole = new byte[start.length + picture.length + end.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(picture, 0, whole, start.length, picture.length);
        System.arraycopy(end, 0, whole, start.length + picture.length, end.length);
        return whole;
    }

    @Test
    void everyUploadOfAFloodIsAnswered() {
        int uploads = Integer.getInteger("ihome.flood", 40);
        boolean large = uploads > 100;
        byte[] form = form(large ? SamplePicture.jpeg(4_000, 3_000) : SamplePicture.jpeg(800, 600));
        try (TestServer server = TestServer.start()) {
            List<ApiClient> hosts = Stream.generate(server::registered).limit(4).toList();
            List<Long> houses = new ArrayList<>();
            for (int i = 0; i < (uploads + 29) / 30 * 4; i++) {
                houses.add(SampleHouse.house().publish(hosts.get(i % hosts.size())));
            }
            resetPeaks();
            long start = System.nanoTime();
            List<Reply> replies = AtOnce.run(uploads, i -> {
                int house = i % houses.size();
                return server.client()
                        .waitingUpTo(Duration.ofMinutes(5))
                        .session(hosts.get(house % hosts.size()).session())
                        .send(
                                "POST",
                                "/houses/" + houses.get(house) + "/images",
                                "multipart/form-data; boundary=x",
                                BodyPublishers.ofByteArray(form));
            });
            long taken = replies.stream().filter(reply -> reply.status() == 200).count();
            System.out.printf(
                    "flood: %d uploads of %d KB at once, %d taken, %d told to come back, %.1f s, heap %d MB at most,"
                            + " resident %s at most%n",
                    uploads,
                    form.length / 1024,
                    taken,
                    uploads - taken,
                    (System.nanoTime() - start) / 1e9,
                    peak() >> 20,
                    resident());
            assertThat(replies).allSatisfy(PictureFloodTest::isTakenOrToldToComeBack);
            assertThat(taken).isPositive();
            assertThat(server.rows("house_image")).isEqualTo((int) taken);
            assertThat(onDisk()).as("temporary files afterwards").isZero();
            hosts.getFirst()
                    .upload("/user/avatar", "avatar", SamplePicture.jpeg())
                    .expect("0");
            server.client().get("//health/ready").expectStatus(200);
        }
    }

    private static void isTakenOrToldToComeBack(Reply reply) {
        if (reply.status() == 503) {
            assertThat(reply.header("Retry-After")).matches("[1-9][0-9]*");
        } else {
            reply.expect("0");
        }
    }

    /** Of the process, with the clients in it. */
    private static String resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.substring("VmHWM:".length()).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** Protection: UploadSlots; without it one account fills the disk with uploads that it never ends. */
    @Test
    void oneAccountHoldsNoMoreThanItsPlacesOnTheDisk() {
        try (TestServer server = TestServer.start()) {
            ApiClient greedy = server.registered();
            ApiClient other = server.registered();
            long house = SampleHouse.house().publish(other);
            List<RawConnection> unfinished = new ArrayList<>();
            try {
                for (int i = 0; i < 48; i++) {
                    RawConnection connection = RawConnection.to(server.port());
                    unfinished.add(connection);
                    connection.send(
                            "POST /api/v1.0/user/avatar HTTP/1.1\r\nHost: x\r\nCookie: session=" + greedy.session()
                                    + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n"
                                    + MARK + "y".repeat(100_000));
                }
                Await.until("32 uploads are on disk", () -> onDisk(), now -> now == 32);
                other.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg())
                        .expect("0");
                assertThat(onDisk()).isEqualTo(32);
            } finally {
                unfinished.forEach(RawConnection::close);
            }
            Await.until("no upload is on disk", () -> onDisk(), now -> now == 0);
            greedy.upload("/user/avatar", "avatar", SamplePicture.jpeg()).expect("0");
        }
    }

    private static long onDisk() {
        return SpilledUploads.count(MARK);
    }
}
