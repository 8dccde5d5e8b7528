package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.SteadyLoad;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A master, its replica and three sentinels, all real; the master dies under load. */
@Tag("timing")
class RedisSentinelTest {
    /** Sentinels that notice after 1 s, their vote, our 5 s, and something for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    @Test
    void theReplicaTakesOverUnderLoadWithAllSessions() throws Exception {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            TestRedis master = opened(open, TestRedis.start());
            TestRedis replica =
                    opened(open, TestRedis.start(List.of("--replicaof", "127.0.0.1", Integer.toString(master.port()))));
            List<String> sentinels = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sentinels.add("127.0.0.1:"
                        + opened(open, TestRedis.startSentinel(master, "site")).port());
            }
            awaitAgreement(sentinels);
            TestServer server = opened(
                    open,
                    TestServer.start(Map.of(
                            "IHOME_REDIS_URL", "redis-sentinel://" + String.join(",", sentinels) + "?master=site")));
            String mobile = TestServer.newMobile();
            ApiClient host = server.registered(mobile);
            host.get("/user").expect("0");
            try (Jedis client = master.client()) {
                assertThat(client.waitReplicas(1, 10_000)).isEqualTo(1);
            }

            try (SteadyLoad guests = new SteadyLoad(server.uri(), 2)) {
                guests.more(50);
                master.kill();
                long gone = System.nanoTime();
                Await.until("sessions are there again", () -> host.get("/user").errno(), "0"::equals);
                Duration away = Duration.ofNanos(System.nanoTime() - gone);
                System.out.println("fail-over of Sentinel took " + away.toMillis() + " ms");
                assertThat(away).isLessThan(BOUND);
                guests.more(50);
                assertThat(guests.failures()).as("of %d", guests.answered()).isEmpty();
            }
            server.client()
                    .post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                    .expect("0");
            try (Jedis client = replica.client()) {
                assertThat(client.info("replication")).contains("role:master");
                assertThat(client.keys("Session_*")).hasSizeGreaterThanOrEqualTo(2);
            }
        } finally {
            for (AutoCloseable each : open.reversed()) {
                each.close();
            }
        }
    }

    private static <T extends AutoCloseable> T opened(List<AutoCloseable> open, T part) {
        open.add(part);
        return part;
    }

    /** Every sentinel knows the replica and both of the others. */
    private static void awaitAgreement(List<String> sentinels) {
        for (String each : sentinels) {
            int port = Integer.parseInt(each.substring(each.indexOf(':') + 1));
            Await.until(() -> {
                try (Jedis client = new Jedis("127.0.0.1", port)) {
                    Map<String, String> master = client.sentinelMasters().getFirst();
                    return "1".equals(master.get("num-slaves")) && "2".equals(master.get("num-other-sentinels"));
                }
            });
        }
    }
}
