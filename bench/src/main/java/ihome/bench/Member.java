package ihome.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An account of a site that runs with {@code --dev}, registered as people do: captcha and code are in its outbox file. */
final class Member {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Site site;
    private final String cookie;

    private Member(Site site, String cookie) {
        this.site = site;
        this.cookie = cookie;
    }

    static Member register(Site site) throws IOException {
        String mobile = "137%08d".formatted(System.nanoTime() / 1_000 % 100_000_000);
        String id = UUID.randomUUID().toString();
        site.get("/api/v1.0/imagecode/" + id);
        String text = find(lastLine(site, "\"id\":\"" + id), "\"text\":\"([^\"]+)");
        site.get("/api/v1.0/smscode/" + mobile + "?text=" + text + "&id=" + id);
        String code = find(lastLine(site, mobile), "\"code\":\"(\\d+)");
        HttpResponse<String> answer = send(site, "", "/users", """
                {"mobile": "%s", "sms_code": "%s", "password": "lit-window-hutong"}""".formatted(mobile, code));
        String cookie = answer.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() -> new IllegalStateException(answer.body()))
                .split(";", -1)[0];
        return new Member(site, cookie);
    }

    /** As the header {@code Cookie} has it. */
    String cookie() {
        return cookie;
    }

    String post(String path, String json) {
        return send(site, cookie, path, json).body();
    }

    private static HttpResponse<String> send(Site site, String cookie, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site.url("/api/v1.0" + path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String lastLine(Site site, String part) throws IOException {
        return Files.readAllLines(site.data().resolve("outbox.jsonl")).stream()
                .filter(line -> line.contains(part))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return matcher.group(1);
    }
}
