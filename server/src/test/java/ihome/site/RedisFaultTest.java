package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FaultProxy;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Redis that answers late, slowly or half, or breaks connections off: what needs it is refused in the contract's words and
 * in bounded time, guests browse, and all works when it works. Late within its time it is only late.
 */
@Tag("timing")
final class RedisFaultTest {
    /** Ten times what an answer may take, with room for a machine that does other things. */
    private static final Duration BOUNDED = Duration.ofSeconds(20);

    private final TestRedis redis = TestRedis.start();
    private final FaultProxy way = new FaultProxy(redis.port());
    private final TestServer server =
            TestServer.start(Map.of("IHOME_REDIS_URL", "redis://127.0.0.1:" + way.port(), "IHOME_SEARCH_INDEX", "off"));
    private final String mobile = TestServer.newMobile();
    private final ApiClient guest = server.registered(mobile);

    @AfterEach
    void close() {
        server.close();
        way.close();
        redis.close();
    }

    private Reply logIn() {
        return server.client().post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)));
    }

    @Test
    void whatNeedsItIsRefusedInTimeAndOthersNoticeNothing() {
        Map<String, Runnable> faults = new LinkedHashMap<>();
        faults.put("late", () -> way.delay(Duration.ofSeconds(3)));
        faults.put("slow", () -> way.throttle(2));
        faults.put("broken off in the middle of answers", () -> way.cutAfter(2));
        faults.put("breaking off", way::cut);
        faults.forEach((name, fault) -> {
            fault.run();
            long begun = System.nanoTime();
            assertThat(logIn().errno()).as(name).isEqualTo("4001");
            assertThat(guest.get("/user").errno()).as(name).isEqualTo("4001");
            for (String path : new String[] {"/areas", "/houses", "/houses/index"}) {
                server.client().session(guest.session()).get(path).expect("0");
            }
            BusyMachine.assertWithin(BOUNDED, name, begun);
            way.mend();
            way.cutOnce();
            Await.until("sessions are there again", () -> guest.get("/user").errno(), "0"::equals);
            logIn().expect("0");
        });
    }

    @Test
    void lateWithinItsTimeIsOnlyLate() {
        way.delay(Duration.ofMillis(40));
        logIn().expect("0");
        guest.get("/user").expect("0");
        server.client().get("/houses").expect("0");
    }
}
