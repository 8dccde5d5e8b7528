package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.testing.FreePorts;
import ihome.testing.Nginx;
import ihome.testing.RawConnection;
import ihome.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/nginx.conf lets one client do. Protection: its zones; without any one of them a part of this fails. */
@Tag("timing")
class NginxLimitsTest {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    /**
     * A minute instead of a second, and as long as it takes for a body, so that what passes does not depend on how fast the
     * machine is.
     */
    private static String slowly(String given) {
        String slow = given.replaceAll("rate=[0-9]+r/s", "rate=1r/m")
                .replace("zone=ihome_all burst=300", "zone=ihome_all burst=150")
                .replace(
                        "limit_conn ihome_connections 100",
                        "client_body_timeout 1h;\n    limit_conn ihome_connections 3");
        assertThat(slow).contains("burst=150", "1h;", "ihome_connections 3").doesNotContain("r/s;");
        return slow;
    }

    /** How many of so many requests are refused, each in the words of the limits. */
    private long refused(int requests, String client, Supplier<HttpRequest.Builder> request) throws Exception {
        long refused = 0;
        for (int i = 0; i < requests; i++) {
            HttpResponse<String> answer =
                    http.send(request.get().setHeader(Nginx.LIMITED_AS, client).build(), BodyHandlers.ofString());
            if (answer.body().contains("\"4201\"")) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
                refused++;
            }
        }
        return refused;
    }

    private static HttpRequest.Builder get(Nginx nginx, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nginx.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpRequest.Builder captcha(Nginx nginx) {
        return get(nginx, "/api/v1.0/imagecode/" + UUID.randomUUID());
    }

    @Test
    void aFloodIsRefusedInTheWordsOfTheLimitsAndOthersPass() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        try (TestServer server = TestServer.start();
                Nginx nginx = Nginx.start(
                        folder.resolve("nginx"), FreePorts.next(), List.of(server.port()), NginxLimitsTest::slowly)) {
            assertThat(refused(36, "flooder", () -> captcha(nginx))).isBetween(3L, 5L);
            assertThat(refused(
                            66,
                            "flooder",
                            () -> get(nginx, "/api/v1.0/user/avatar").POST(BodyPublishers.ofString("no picture"))))
                    .isBetween(3L, 5L);
            assertThat(refused(100, "flooder", () -> get(nginx, "/api/v1.0/areas")))
                    .isPositive();
            HttpRequest page =
                    get(nginx, "/").setHeader(Nginx.LIMITED_AS, "flooder").build();
            assertThat(http.send(page, BodyHandlers.ofString()).statusCode()).isEqualTo(429);

            assertThat(refused(5, "other", () -> captcha(nginx))).isZero();
            assertThat(refused(60, "other", () -> get(nginx, "/api/v1.0/areas")))
                    .isZero();
            atOnce(nginx);
        }
    }

    /** A node's figures are for whoever watches it, and on its own port. */
    @Test
    void figuresAreNotGivenToTheWorld() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        try (TestServer server = TestServer.start();
                Nginx nginx = Nginx.start(folder.resolve("nginx"), List.of(server.port()))) {
            assertThat(server.client().get("//metrics").expectStatus(200).text())
                    .contains("ihome_");
            for (String path : List.of("/metrics", "//metrics", "/%6detrics", "/metrics?name[]=up")) {
                HttpResponse<String> answer =
                        http.send(get(nginx, path.replace("[]", "%5B%5D")).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.body()).doesNotContain("ihome_");
            }
            assertThat(http.send(get(nginx, "/health/ready").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /**
     * Requests that are not finished hold a connection each. nginx asks for a body after it has counted the request, so
     * that three are counted, whatever is slow, once three were asked to go on.
     */
    private void atOnce(Nginx nginx) throws Exception {
        List<RawConnection> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                RawConnection connection = RawConnection.to(nginx.port());
                unfinished.add(connection);
                connection
                        .send("POST /api/v1.0/houses HTTP/1.1\r\nHost: x\r\n" + Nginx.LIMITED_AS
                                + ": third\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n")
                        .awaitContinue();
            }
            assertThat(refused(3, "third", () -> get(nginx, "/api/v1.0/areas"))).isEqualTo(3);
            assertThat(refused(5, "fourth", () -> get(nginx, "/api/v1.0/areas")))
                    .isZero();
        } finally {
            unfinished.forEach(RawConnection::close);
        }
    }
}
