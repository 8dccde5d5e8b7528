package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.blob.S3Service;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FaultProxy;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Object storage that is slow, stands still, breaks off in the middle of an answer, answers half of it or 5xx: uploads and
 * pictures are refused in the contract's words and in bounded time, nothing is half stored, and all works when it works.
 */
@Tag("timing")
final class ObjectStorageFaultTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    /** Two attempts to store and two to delete what was stored, with room for a machine that does other things. */
    private static final Duration LONGEST = LIMIT.multipliedBy(4).plusSeconds(10);

    private final S3Service s3 = new S3Service();
    private final FaultProxy way = new FaultProxy(s3.uri().getPort());
    private final TestServer server = TestServer.start(environment());
    private final ApiClient host = server.registered();
    private final Map<String, Runnable> faults = new LinkedHashMap<>();
    private long house;
    private String picture = "";

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(s3.environment());
        environment.put("IHOME_S3_ENDPOINT", "http://127.0.0.1:" + way.port());
        environment.put("IHOME_MEDIA_TIMEOUT", LIMIT.toMillis() + "ms");
        return environment;
    }

    @BeforeEach
    void onePicture() {
        house = SampleHouse.house().publish(host);
        upload().expect("0");
        picture = "/"
                + URI.create(SampleHouse.firstPicture(server.client(), house)).getPath();
        faults.put("late", () -> way.delay(LIMIT.multipliedBy(2)));
        faults.put("slow", () -> way.throttle(2_000));
        faults.put("standing still", way::hang);
        faults.put("stopped", way::cut);
        faults.put("cut in the middle of the headers", () -> way.cutAfter(20));
        faults.put("cut in the middle of the body", () -> way.cutAfter(700));
        faults.put("answering 500", () -> s3.fail(500, Integer.MAX_VALUE));
        faults.put("answering 503", () -> s3.fail(503, Integer.MAX_VALUE));
        faults.put("refusing", () -> s3.fail(403, Integer.MAX_VALUE));
    }

    @AfterEach
    void close() {
        server.close();
        way.close();
        s3.close();
    }

    private Reply upload() {
        return server.client()
                .session(host.session())
                .upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(900, 700));
    }

    private void mend() {
        s3.fail(500, 0);
        way.mend();
        way.cutOnce();
    }

    @Test
    void uploadsAndPicturesAreRefusedInTimeAndNothingIsHalfStored() {
        int stored = s3.files().size();
        byte[] whole = server.client().get(picture).expectStatus(200).body();
        faults.forEach((name, fault) -> {
            fault.run();
            boolean uploads = !name.contains("body");
            long begun = System.nanoTime();
            if (uploads) {
                upload().expect("4301", "上传七牛云图片失败");
            }
            Reply shown = server.client().get(picture);
            assertThat(shown.status()).as("%s: %s", name, shown.text()).isEqualTo(503);
            assertThat(shown.errno()).isEqualTo("4500");
            assertThat(shown.header("Retry-After")).isNotEmpty();
            assertThat(shown.header("Cache-Control")).isEqualTo("no-store");
            assertThat(shown.text()).doesNotContain("127.0.0.1", "Exception", "SlowDown");
            BusyMachine.assertWithin(LONGEST.multipliedBy(2), name, begun);
            // Who asks for no picture notices nothing.
            server.client().get("/houses/" + house).expect("0");
            mend();
            assertThat(server.client().get(picture).expectStatus(200).body())
                    .as("after: %s", name)
                    .isEqualTo(whole);
        });
        assertThat(server.rows("house_image")).isEqualTo(1);
        upload().expect("0");
        assertThat(server.rows("house_image")).isEqualTo(2);
        // What was taken by a store that could not say so is removed when the removal on record comes due.
        server.advance(Duration.ofMinutes(31));
        Await.until("the store has the files of two pictures", () -> s3.files().size(), now -> now == 2 * stored);
    }

    /** Everybody's browsers wait for pictures that do not come: a bounded part of the server waits with them. */
    @Test
    void picturesThatDoNotComeHoldUpNothingElse() throws Exception {
        way.hang();
        // Longer than a request waits for its turn.
        try (TestServer patient = server.anotherNode(Map.of("IHOME_MEDIA_TIMEOUT", "2s"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            patient.client().get("/houses/" + house).expect("0");
            List<Future<Reply>> browsers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(
                            () -> patient.client().from("10.1.1." + i).get(picture)))
                    .toList();
            Await.until(() -> browsers.stream().filter(Future::isDone).count() >= 200 - MediaFiles.READS);
            for (int i = 0; i < 20; i++) {
                ApiClient other = patient.client().from("10.1.2." + i);
                other.get("/houses/" + house + "/calendar").expect("0");
                other.session(host.session()).get("/user").expect("0");
            }
            for (Future<Reply> browser : browsers) {
                assertThat(browser.get().status()).isEqualTo(503);
            }
        }
        mend();
        server.client().get(picture).expectStatus(200);
    }

    /** More uploads than there are places, all of them waiting for a store that stands still: each ends in its time. */
    @Test
    void aCrowdThatWaitsForTheStoreHoldsNothingForLonger() {
        int stored = s3.files().size();
        way.hang();
        long begun = System.nanoTime();
        AtOnce.run(12, _ -> upload())
                .forEach(refused ->
                        assertThat(refused.errno()).as(refused.text()).isIn("4301", "4201", "4500"));
        BusyMachine.assertWithin(LONGEST.multipliedBy(6), "a crowd of uploads", begun);
        mend();
        AtOnce.run(4, _ -> upload()).forEach(taken -> taken.expect("0"));
        assertThat(server.rows("house_image")).isEqualTo(5);
        server.advance(Duration.ofMinutes(31));
        Await.until("the store has the files of five pictures", () -> s3.files().size(), now -> now == 5 * stored);
    }
}
