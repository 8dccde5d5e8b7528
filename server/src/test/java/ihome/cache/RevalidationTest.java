package ihome.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that a client may keep if it asks again before it uses them. */
class RevalidationTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theCurrentOneIsNotSentAgain() {
        ApiClient host = server.registered();
        long house = host.post("/houses", SampleHouse.house().json())
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
        for (ApiClient client : List.of(server.client(), host)) {
            for (String path : List.of("/areas", "/houses/index", "/houses/" + house, "/houses?aid=1")) {
                client.get(path);
                Reply first = client.get(path).expect("0");
                String tag = first.header("ETag");
                assertThat(first.header("Cache-Control")).as(path).isEqualTo("no-cache");
                Reply again = client.with("If-None-Match", tag).get(path);
                assertThat(again.status()).as(path).isEqualTo(304);
                assertThat(again.text()).isEmpty();
                client.with("If-None-Match", "\"another\"").get(path).expect("0");
            }
        }
    }

    @Test
    void theTagOfAHousesPageIsItsViewers() {
        ApiClient host = server.registered();
        String path = "/houses/"
                + host.post("/houses", SampleHouse.house().json())
                        .expect("0")
                        .data()
                        .path("house_id")
                        .asLong();
        Reply nobodys = server.client().get(path).expect("0");
        Reply hosts = host.get(path).expect("0");
        assertThat(hosts.header("ETag")).isNotEqualTo(nobodys.header("ETag"));
        assertThat(hosts.header("Vary")).contains("Cookie");
        assertThat(hosts.data().path("user_id").asLong()).isPositive();
        assertThat(nobodys.data().path("user_id").asLong()).isEqualTo(-1);
        assertThat(hosts.data().path("house")).isEqualTo(nobodys.data().path("house"));
    }

    /**
     * Protections: ResponseCacheStage.find, which finds a house's page for nobody who may have a session; and that what
     * ListingRoutes.seenBy makes is not kept. Without either, the page of one viewer is sent to another.
     */
    @Test
    void aCachedHousesPageShowsEachViewerTheirOwnId() {
        ApiClient host = server.registered();
        ApiClient guest = server.registered();
        ApiClient nobody = server.client();
        Map<ApiClient, Long> ids = Map.of(host, idOf(host), guest, idOf(guest), nobody, -1L);
        // Whoever asks first fills the cache, and everybody is answered from it twice.
        for (ApiClient first : List.of(nobody, host, guest)) {
            String path = "/houses/" + SampleHouse.house().publish(host);
            assertThat(viewer(first, path)).isEqualTo(ids.get(first));
            for (int i = 0; i < 2; i++) {
                ids.forEach((client, id) -> assertThat(viewer(client, path)).isEqualTo(id));
            }
        }
    }

    /** Protections: the same, while the page that is cached is replaced all the time. */
    @Test
    void viewersAtTheSameTimeSeeTheirOwnIds() {
        ApiClient host = server.registered();
        long house = SampleHouse.house().publish(host);
        List<ApiClient> clients = List.of(server.client(), server.registered(), server.registered(), server.client());
        List<Long> ids = List.of(-1L, idOf(clients.get(1)), idOf(clients.get(2)), -1L);
        AtOnce.run(clients.size() + 1, number -> {
            for (int i = 0; i < 40; i++) {
                if (number == clients.size()) {
                    host.put("/houses/" + house, "{\"title\": \"第" + i + "版\"}").expect("0");
                } else {
                    assertThat(viewer(clients.get(number), "/houses/" + house)).isEqualTo(ids.get(number));
                }
            }
            return number;
        });
    }

    private static long idOf(ApiClient client) {
        return client.get("/user").expect("0").data().path("user_id").asLong();
    }

    private static long viewer(ApiClient client, String path) {
        return client.get(path).expect("0").data().path("user_id").asLong();
    }
}
