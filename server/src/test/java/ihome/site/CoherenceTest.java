package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.FaultProxy;
import ihome.testing.Reply;
import ihome.testing.SampleImage;
import ihome.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database and one Redis: no answer is older than what was acknowledged before it was asked for. */
@Tag("slow")
class CoherenceTest {
    /** The contract's bound for a change that the committing node could not tell Redis of. */
    private static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static TestRedis redis;
    private static FaultProxy wayOfA;
    private static FaultProxy wayOfB;
    private static TestServer a;
    private static TestServer b;

    private ApiClient host;
    private long house;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
        wayOfA = new FaultProxy(redis.port());
        wayOfB = new FaultProxy(redis.port());
        // Nothing in front of Redis: then a change is seen on every node at once.
        a = TestServer.start(Map.of(
                "IHOME_REDIS_URL",
                "redis://127.0.0.1:" + wayOfA.port(),
                "IHOME_PUBLIC_URL",
                "http://site.test",
                "IHOME_CACHE_HEAP",
                "0",
                "IHOME_SEARCH_INDEX",
                "off"));
        b = a.anotherNode(Map.of("IHOME_REDIS_URL", "redis://127.0.0.1:" + wayOfB.port()));
    }

    @AfterAll
    static void stop() {
        b.close();
        a.close();
        wayOfA.close();
        wayOfB.close();
        redis.close();
    }

    @BeforeEach
    void publishOne() {
        host = a.registered();
        house = publish("初名");
    }

    private long publish(String title) {
        return host.post("/houses", """
                        {"title": "%s", "price": "388.00", "address": "鼓楼东大街", "area_id": 1, "room_count": 2,
                         "acreage": 60, "unit": "两室一厅", "capacity": 4, "beds": "双人床2张", "deposit": "500",
                         "min_days": 1, "max_days": 0, "facility": [1, 3]}""".formatted(title))
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
    }

    private void rename(String name) {
        host.put("/user/name", Json.text(Map.of("name", name))).expect("0");
    }

    private String ownerOn(TestServer node) {
        return node.client()
                .get("/houses/" + house)
                .expect("0")
                .data()
                .path("house")
                .path("user_name")
                .asString();
    }

    private static String uniqueName(String word) {
        return word + TestServer.newMobile().substring(3);
    }

    private static JsonNode newest(TestServer node) {
        return node.client().get("/houses?aid=1&p=1").expect("0").data().path("houses");
    }

    @Test
    void theAnswersStandInRedisUnderTheKeysOfTheApiDocument() throws Json.MalformedJson {
        host.upload("/houses/" + house + "/images", "house_image", SampleImage.png())
                .expect("0");
        awaitKept("/areas", "area_info");
        awaitKept("/houses/index", "home_page_data");
        awaitKept("/houses/" + house, "house_info_" + house);
        Reply areas = b.client().get("/areas").expect("0");
        Reply home = b.client().get("/houses/index").expect("0");
        Reply detail = b.client().get("/houses/" + house).expect("0");
        Reply first = b.client()
                .get("/houses?sd=2026-06-02&ed=2026-06-04&aid=1&sk=price-inc&p=1")
                .expect("0");
        b.client()
                .get("/houses?sd=2026-06-02&ed=2026-06-04&aid=1&sk=price-inc&p=2")
                .expect("0");
        b.client().get("/houses").expect("0");
        try (Jedis raw = redis.client()) {
            assertThat(Json.parse(raw.get("area_info"))).isEqualTo(areas.data());
            assertThat(Json.parse(raw.get("home_page_data"))).isEqualTo(home.data());
            assertThat(Json.parse(raw.get("house_info_" + house)))
                    .isEqualTo(detail.data().path("house"));
            String list = "houses_2026-06-02_2026-06-04_1_price-inc";
            // What a stay costs depends on the day of booking; the version before orders by a night's price.
            assertThat(raw.hkeys(list))
                    .containsExactlyInAnyOrder("1_2026-06-01_total", "2_2026-06-01_total", "generation");
            assertThat(Json.parse(raw.hget(list, "1_2026-06-01_total"))).isEqualTo(first.data());
            assertThat(raw.hkeys("houses____new")).contains("1");
            for (String key : List.of("area_info", "home_page_data", "house_info_" + house, list)) {
                assertThat(raw.ttl(key)).as(key).isBetween(7_000L, 7_200L);
            }
        }
        assertThat(b.client().get("/houses/" + house).expect("0").json()).isEqualTo(detail.json());
        assertThat(a.client().get("/areas").expect("0").json()).isEqualTo(areas.json());
        assertThat(a.client().get("/houses/index").expect("0").json()).isEqualTo(home.json());
    }

    @Test
    void aChangeIsSeenOnBothNodesAsSoonAsItIsAcknowledged() {
        newest(a);
        newest(b);
        long second = publish("第二处");
        assertThat(newest(b).get(0).path("house_id").asLong()).isEqualTo(second);
        assertThat(newest(a).get(0).path("house_id").asLong()).isEqualTo(second);

        ownerOn(a);
        ownerOn(b);
        String name = uniqueName("新名");
        rename(name);
        assertThat(ownerOn(b)).isEqualTo(name);
        assertThat(ownerOn(a)).isEqualTo(name);

        host.upload("/houses/" + second + "/images", "house_image", SampleImage.png())
                .expect("0");
        assertThat(newest(b).get(0).path("img_url").asString()).isNotEmpty();

        host.upload("/user/avatar", "avatar", SampleImage.png()).expect("0");
        assertThat(newest(b).get(0).path("user_avatar").asString()).isNotEmpty();
        assertThat(b.client()
                        .get("/houses/" + house)
                        .data()
                        .path("house")
                        .path("user_avatar")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void aReaderHeldUpBetweenReadAndFillDoesNotPutTheOldNameBack() throws Exception {
        String old = uniqueName("旧名");
        rename(old);
        wayOfB.holdAt(old); // only a fill holds the name
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> reader = thread.submit(() -> ownerOn(b));
            wayOfB.awaitHeld();
            String name = uniqueName("新名");
            rename(name);
            wayOfB.release();
            assertThat(reader.get()).isEqualTo(old);
            assertThat(ownerOn(b)).isEqualTo(name);
            assertThat(ownerOn(a)).isEqualTo(name);
            try (Jedis raw = redis.client()) {
                assertThat(String.valueOf(raw.get("house_info_" + house))).doesNotContain(old);
            }
        }
    }

    @Test
    void norDoesOneThatHoldsAnOldList() throws Exception {
        String title = uniqueName("旧榜首");
        publish(title);
        wayOfB.holdAt(title);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<JsonNode> reader = thread.submit(() -> newest(b));
            wayOfB.awaitHeld();
            long next = publish("新榜首");
            wayOfB.release();
            assertThat(reader.get().get(0).path("title").asString()).isEqualTo(title);
            assertThat(newest(b).get(0).path("house_id").asLong()).isEqualTo(next);
            assertThat(newest(a).get(0).path("house_id").asLong()).isEqualTo(next);
        }
    }

    @Test
    void aChangeThatItsNodeToldNobodyOfIsSeenWithinTheBound() {
        ownerOn(b);
        wayOfA.cut();
        try {
            // Committed, and then the node dies: the log is all there is.
            String name = uniqueName("断线");
            a.database().inTransaction(tx -> {
                tx.execute(
                        "update account set name = ? where id = (select owner_id from house where id = ?)",
                        name,
                        house);
                return tx.execute(
                        "insert into change_log (topic) select 'owner:' || owner_id from house where id = ?", house);
            });
            long acknowledged = System.nanoTime();
            while (System.nanoTime() - acknowledged < BOUND_NANOS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(ownerOn(b)).isEqualTo(name);
            assertThat(ownerOn(a)).isEqualTo(name);
        } finally {
            wayOfA.mend();
        }
        Await.until(() -> a.client().get("//metrics").text().contains("ihome_redis_up 1.0"));
        String after = uniqueName("复线");
        host.put("/user/name", Json.text(Map.of("name", after))).expect("0");
        assertThat(ownerOn(b)).isEqualTo(after);
        assertThat(ownerOn(a)).isEqualTo(after);
    }

    @Test
    void writersAndReadersOverBothNodes() throws Exception {
        AtomicLong acknowledged = new AtomicLong();
        String word = uniqueName("n");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        rename(word + "_0");
        ApiClient onB = b.client().session(host.session());
        List<Future<Integer>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (long i = 1; System.nanoTime() < end; i++) {
                    (i % 2 == 0 ? host : onB)
                            .put("/user/name", Json.text(Map.of("name", word + "_" + i)))
                            .expect("0");
                    acknowledged.set(i);
                }
            });
            for (int i = 0; i < 6; i++) {
                TestServer node = i % 2 == 0 ? a : b;
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    while (System.nanoTime() < end) {
                        long least = acknowledged.get();
                        String name = ownerOn(node);
                        assertThat(Long.parseLong(name.substring(name.indexOf('_') + 1)))
                                .isGreaterThanOrEqualTo(least);
                        reads++;
                    }
                    return reads;
                }));
            }
            writer.get();
        }
        for (Future<Integer> reader : readers) {
            try {
                assertThat(reader.get()).isPositive();
            } catch (ExecutionException e) {
                throw new AssertionError("a stale answer", e.getCause());
            }
        }
        assertThat(acknowledged.get()).isPositive();
    }

    /** Asks until the answer stands in Redis for good: the nodes that follow a change make it void once more. */
    private static void awaitKept(String path, String key) {
        try (Jedis raw = redis.client()) {
            Await.until(key + " stands in Redis", () -> {
                b.client().get(path).expect("0");
                LockSupport.parkNanos(BOUND_NANOS);
                return raw.exists(key);
            });
        }
    }
}
