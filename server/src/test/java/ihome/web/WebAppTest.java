package ihome.web;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages and files of the web app, here a small stand-in for the built one, from the real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebAppTest {
    private final TestServer server = TestServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void stop() {
        http.close();
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "/,200",
        "/houses,200",
        "/me,200",
        "/terms,200",
        "/privacy,200",
        "/help,200",
        "/imprint,200",
        "/host/new,200",
        "/host/houses/1/calendar,200",
        "/host/houses/1/edit,200",
        "/host/houses/x/edit,404",
        "/houses/999999999,404",
        "/nothing,404",
        "/houses/abc,404",
        "/assets/other.js,404",
        "/api/v1.0/nothing,404"
    })
    void onlyItsOwnAddressesArePages(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/nowhere/",
                "/houses/abc",
                "/houses/46/x",
                "/HOST/x",
                "/assets",
                "/%E9%B8%BD",
                "//evil.example"
            })
    void aBrowserGetsAPageForAnUnknownAddressAndOthersTheEnvelope(String path) throws Exception {
        URI address = URI.create(server.uri().toString().replaceAll("/$", "") + path);
        String browser = "text/html,application/xhtml+xml,*/*;q=0.8";
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(address).header("Accept", browser).build(), BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().allValues("Vary")).contains("Accept");
        assertThat(page.body())
                .contains("<title>没有这个页面 · 爱家</title>", "<meta name=\"robots\" content=\"noindex\"")
                .doesNotContain("无此地址");
        HttpResponse<String> program = http.send(
                HttpRequest.newBuilder(address).header("Accept", "*/*").build(), BodyHandlers.ofString());
        assertThat(program.statusCode()).isEqualTo(404);
        assertThat(program.body()).contains("\"errno\":\"4002\"", "无此地址");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1.0/nothing", "/api/v1.0/houses/", "/api", "/assets/other.js"})
    void theApiAndFilesAnswerTheEnvelopeToBrowsersToo(String path) throws Exception {
        HttpResponse<String> answer = get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/houses/46/ /houses/46",
                "/HOUSES /houses",
                "/Houses/46/Book/?sd=2026-12-04&ed=2026-12-06 /houses/46/book?sd=2026-12-04&ed=2026-12-06",
                "/orders/// /orders"
            })
    void slashesAtTheEndAndUpperCaseLeadToThePage(String path, String to) throws Exception {
        HttpResponse<String> answer = get(path, "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains(to);
    }

    @Test
    void aPathOfTheApiWithoutThatMethodStays405() throws Exception {
        assertThat(get("/api/v1.0/orders", "Accept", "text/html").statusCode()).isEqualTo(405);
    }

    @Test
    void aPageHasItsHeadItsDataAndAStrictPolicy() throws Exception {
        HttpResponse<String> home = get("/");
        assertThat(home.body())
                .contains("<title>爱家 · 北京短租</title>", "\"/api/v1.0/areas?city=1\"", "东城区")
                .doesNotContain("<title>built</title>");
        assertThat(home.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self';")
                .doesNotContain("unsafe");
        String etag = home.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/", "If-None-Match", etag).statusCode()).isEqualTo(304);
    }

    @Test
    void everyPageSaysTheZoneOfTheSite() throws Exception {
        assertThat(get("/").body()).contains("id=\"site\"", "\"zone\":\"Asia/Shanghai\"");
        assertThat(get("/login").body()).contains("\"zone\":\"Asia/Shanghai\"");
        try (TestServer elsewhere = TestServer.start(Map.of("IHOME_ZONE", "America/Los_Angeles"))) {
            HttpRequest request =
                    HttpRequest.newBuilder(elsewhere.uri().resolve("/login")).build();
            assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("\"zone\":\"America/Los_Angeles\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en-US,en;q=0.9       | x=1              | <html lang="en">    | <title>Log in · iHome</title>
            en-US,en;q=0.9       | x=1; lang=zh     | <html lang="zh-CN"> | <title>登录 · 爱家</title>
            zh-CN,zh;q=0.9       | lang=en          | <html lang="en">    | <title>Log in · iHome</title>
            zh-CN,zh;q=0.9       | lang=<script>    | <html lang="zh-CN"> | <title>登录 · 爱家</title>
            """)
    void aPageIsInTheLanguageThatWasChosenOrIsPreferred(String accepted, String cookie, String html, String title)
            throws Exception {
        HttpResponse<String> page = get("/login", "Accept-Language", accepted, "Cookie", cookie);
        assertThat(page.body()).contains(html, title);
        assertThat(page.headers().firstValue("Vary").orElse("")).contains("Accept-Language", "Cookie");
    }

    @Test
    void filesComeCompressedToThoseWhoTakeIt() throws Exception {
        HttpResponse<String> plain = get("/assets/app-1a2b.js");
        assertThat(plain.body()).contains("plain");
        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        HttpResponse<String> brotli = get("/assets/app-1a2b.js", "Accept-Encoding", "gzip, br");
        assertThat(brotli.headers().firstValue("Content-Encoding")).contains("br");
        assertThat(brotli.body()).isEqualTo("brotli stands here\n");
        assertThat(brotli.headers().firstValue("Vary")).contains("Accept-Encoding");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/index.html /",
                "/search.html?aid=3&aname=x&sd=2026-12-04&ed= /houses?aid=3&sd=2026-12-04",
                "/detail.html?id=5 /houses/5",
                "/detail.html?id=//evil /houses",
                "/booking.html?hid=7 /houses/7/book",
                "/lorders.html /host/orders"
            })
    void addressesOfBeforeLeadToTheRightPage(String old, String now) throws Exception {
        HttpResponse<String> answer = get(old);
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains(now);
    }
}
