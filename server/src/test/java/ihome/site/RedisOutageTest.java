package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis ends, stands still, and comes back, while guests browse. */
@Tag("timing")
class RedisOutageTest {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    /** To connect, for an answer and for a free connection, and something for a busy machine. */
    private static final Duration BOUNDED = Duration.ofSeconds(4);

    private final TestRedis redis = TestRedis.start();
    private final TestServer server = TestServer.start(
            // Lists that the index answers are not kept in Redis.
            Map.of("IHOME_REDIS_URL", redis.url(), "IHOME_SEARCH_INDEX", "off"));
    private final String mobile = TestServer.newMobile();
    private final ApiClient host = server.registered(mobile);

    @AfterEach
    void close() {
        server.close();
        redis.close();
    }

    private Reply logIn() {
        return server.client().post("/sessions", Json.text(Map.of("mobile", mobile, "password", "lit-window-hutong")));
    }

    private boolean codesWork() {
        return server.client()
                .get("/imagecode/" + UUID.randomUUID())
                .header("Content-Type")
                .startsWith("image");
    }

    private void whatNeedsRedisIsRefused() {
        logIn().expect("4001", "登录失败");
        server.client().get("/imagecode/" + UUID.randomUUID()).expect("4001", "保存图片验证码失败");
        server.client()
                .get("/smscode/" + mobile + "?text=abcd&id=" + UUID.randomUUID())
                .expect("4001");
        host.get("/user").expect("4001");
        host.get("/session").expect("4001");
    }

    @Test
    void itEndsAndStartsAgainUnderLoad() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> guests = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String path : List.of("/areas", "/houses", "/houses/index", "/houses?aid=2")) {
                ApiClient guest = server.client().session(host.session());
                guests.add(threads.submit(() -> {
                    int answers = 0;
                    while (!over.get()) {
                        guest.get(path).expect("0");
                        answers++;
                    }
                    return answers;
                }));
            }
            try {
                redis.kill();
                Await.until("log-in is refused", () -> logIn().errno(), "4001"::equals);
                whatNeedsRedisIsRefused();
                redis.startAgain();
                long back = System.nanoTime();
                Await.until(() -> codesWork() && logIn().errno().equals("0"));
                BusyMachine.assertWithin(RECOVERY, "log-in works again", back);
            } finally {
                over.set(true);
            }
        }
        for (Future<Integer> guest : guests) {
            try {
                assertThat(guest.get()).isPositive();
            } catch (ExecutionException e) {
                throw new AssertionError("browsing failed", e.getCause());
            }
        }
        // The cache is used again, for what this node has not kept itself.
        AtomicInteger page = new AtomicInteger();
        Await.until(() -> {
            server.client().get("/houses?aid=3&p=" + page.incrementAndGet()).expect("0");
            return !redis.client().keys("houses_*_3_*").isEmpty();
        });
    }

    @Test
    void itStandsStillAndGoesOn() {
        redis.halt();
        try {
            long start = System.nanoTime();
            server.client().session(host.session()).get("/areas").expect("0");
            logIn().expect("4001", "登录失败");
            BusyMachine.assertWithin(BOUNDED, "an answer without Redis", start);
            // Once it is known to be away nobody waits for it.
            start = System.nanoTime();
            whatNeedsRedisIsRefused();
            server.client().session(host.session()).get("/houses").expect("0");
            BusyMachine.assertWithin(BOUNDED, "an answer without Redis", start);
        } finally {
            redis.goOn();
        }
        long back = System.nanoTime();
        Await.until("sessions are there again", () -> host.get("/user").errno(), "0"::equals);
        BusyMachine.assertWithin(RECOVERY, "log-in works again", back);
        logIn().expect("0");
    }

    /** Protection: Redis.probe; without it the first log-in after the restart is refused. */
    @Test
    void aNodeThatNobodyAsksFindsOutByItself() {
        host.get("/user").expect("0");
        redis.kill();
        redis.startAgain();
        Await.until(() -> {
            String metrics = server.client().get("//metrics").text();
            return metrics.contains("ihome_redis_up 1.0") && !metrics.contains("ihome_redis_errors_total 0.0");
        });
        logIn().expect("0");
    }

    @Test
    void itIsNotThereAtTheStart() {
        redis.kill();
        server.restart();
        server.client().get("/areas").expect("0");
        logIn().expect("4001");
        redis.startAgain();
        Await.until("log-in works again", () -> logIn().errno(), "0"::equals);
    }
}
