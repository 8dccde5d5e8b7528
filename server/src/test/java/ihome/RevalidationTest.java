package ihome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
