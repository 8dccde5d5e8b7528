package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.FreePorts;
import ihome.testing.Nginx;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An nginx as it comes, with nothing but {@code proxy_pass}: it speaks HTTP/1.0 to the server. Protection: RequestChecks
 * takes that version; without it every answer is 505.
 */
class StockNginxTest {
    @TempDir
    Path folder;

    private static String stock(int port, int node) {
        return """
                server {
                  listen 127.0.0.1:%d;
                  client_max_body_size 12m;
                  location / { proxy_pass http://127.0.0.1:%d; proxy_http_version 1.0; }
                }
                """.formatted(port, node);
    }

    @Test
    void everythingIsAnsweredThroughIt() {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        int port = FreePorts.next();
        try (TestServer server = TestServer.start();
                Nginx _ = Nginx.start(folder.resolve("nginx"), port, List.of(), _ -> stock(port, server.port()))) {
            ApiClient direct = server.registered();
            long house = SampleHouse.house().publish(direct);
            ApiClient client = new ApiClient(URI.create("http://127.0.0.1:" + port));
            client.session(direct.session());
            for (int i = 0; i < 3; i++) {
                // Kept on the heap, and found there by the second.
                assertThat(client.get("/areas").expect("0").data()).isNotEmpty();
                client.get("/houses/" + house).expect("0");
                client.get("/user").expect("0");
                client.get("/houses?sd=2026-07-01&ed=2026-07-0" + (2 + i)).expect("0");
            }
            client.put("/user/name", Json.text(Map.of("name", "经代理改的名"))).expect("0");
            client.post("/sessions", Json.text(Map.of("mobile", "1"))).expect("4103");
            byte[] photo = SamplePicture.jpeg(1_600, 1_200);
            String url = client.upload("/houses/" + house + "/images", "house_image", photo)
                    .expect("0")
                    .data()
                    .path("url")
                    .asString();
            String path = "/" + URI.create(url).getPath();
            Reply picture = client.get(path).expectStatus(200);
            assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(picture.body()).isEqualTo(direct.get(path).body()).hasSizeGreaterThan(1_000);
            Reply again = client.with("If-None-Match", picture.header("ETag")).get(path);
            assertThat(again.status()).isEqualTo(304);
        }
    }

    /**
     * It sends its own idea of {@code Host}, and older browsers send {@code Origin} without {@code Sec-Fetch-Site}.
     * Protection: CrossSite.isSite; without it every form is refused.
     */
    @Test
    void aFormOfTheSiteItselfPassesWhateverHostSays() {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        int port = FreePorts.next();
        String site = "http://127.0.0.1:" + port;
        try (TestServer server = TestServer.start(Map.of("IHOME_PUBLIC_URL", site + "/"));
                Nginx _ = Nginx.start(folder.resolve("nginx"), port, List.of(), _ -> stock(port, server.port()))) {
            ApiClient member = server.registered();
            for (String origin : List.of(site, site.toUpperCase(java.util.Locale.ROOT))) {
                named(site, member, origin, "本站的表单").expect("0");
            }
            for (String origin : List.of(
                    "https://127.0.0.1:" + port,
                    "http://127.0.0.1:" + (port - 1),
                    "http://127.0.0.1",
                    "http://evil.example",
                    "http://evil.example:" + port,
                    "null")) {
                assertThat(named(site, member, origin, "别站的表单").status())
                        .as(origin)
                        .isEqualTo(403);
            }
            assertThat(member.get("/user").expect("0").text()).contains("本站的表单");
        }
    }

    private static Reply named(String site, ApiClient member, String origin, String name) {
        return new ApiClient(URI.create(site))
                .session(member.session())
                .with("Origin", origin)
                .put("/user/name", Json.text(Map.of("name", name)));
    }

    /** Byte by byte: what a client of HTTP/1.0 is sent, and that the connection ends. */
    @Test
    void theConnectionEndsAfterTheAnswer() {
        try (TestServer server = TestServer.start()) {
            for (String request : List.of(
                    "GET /api/v1.0/areas HTTP/1.0\r\n\r\n",
                    "GET /api/v1.0/session HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
                    "GET /nothing HTTP/1.0\r\n\r\n",
                    "HEAD /api/v1.0/areas HTTP/1.0\r\n\r\n",
                    String.join(
                            "\r\n",
                            "POST /api/v1.0/sessions HTTP/1.0",
                            "Content-Type: application/json",
                            "Expect: 100-continue",
                            "Content-Length: 2",
                            "",
                            "{}"))) {
                for (boolean split : List.of(false, true)) {
                    try (RawConnection connection = RawConnection.to(server.port())) {
                        if (split) {
                            request.chars().forEach(c -> connection.send(String.valueOf((char) c)));
                        } else {
                            connection.send(request);
                        }
                        String whole = connection.rest();
                        assertThat(whole).as(request).startsWith("HTTP/1.1 ").doesNotContain("100 Continue", "chunked");
                        assertThat(whole.substring(9, 12)).as(request).isIn("200", "404");
                        assertThat(whole).containsIgnoringCase("\r\nConnection: close\r\n");
                        int body = whole.indexOf("\r\n\r\n") + 4;
                        assertThat(whole.length() - body)
                                .as(request)
                                .matches(length -> (length == 0) == request.startsWith("HEAD"));
                    }
                }
            }
            for (String faulty : List.of(
                    "POST /api/v1.0/sessions HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n",
                    "GET / HTTP/1.0\r\nX: " + "y".repeat(40_000) + "\r\n\r\n")) {
                try (RawConnection connection = RawConnection.to(server.port())) {
                    assertThat(connection.send(faulty).rest()).matches("(?s)HTTP/1.1 (4..|505) .*");
                }
            }
        }
    }
}
