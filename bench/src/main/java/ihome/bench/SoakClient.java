package ihome.bench;

import ihome.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Requests to a site that may be another process from one request to the next. */
final class SoakClient implements AutoCloseable {
    private static final String BASE = "/api/v1.0";
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<String> site;

    SoakClient(Supplier<String> site) {
        this.site = site;
    }

    /** @param json null when the answer was none */
    record Answer(int status, String errno, String message, JsonNode data, String cookie) {
        boolean ok() {
            return status < 400 && (errno.isEmpty() || errno.equals("0"));
        }

        @Override
        public String toString() {
            return status + " " + errno + " " + message;
        }
    }

    /** A path below the API's base path, or from the root when it begins with two slashes. */
    Answer get(String path, String cookie) throws IOException {
        return send("GET", path, cookie, "", BodyPublishers.noBody());
    }

    Answer post(String path, String cookie, Map<String, Object> fields) throws IOException {
        return send("POST", path, cookie, JSON, BodyPublishers.ofString(Json.text(fields)));
    }

    Answer put(String path, String cookie, Map<String, Object> fields) throws IOException {
        return send("PUT", path, cookie, JSON, BodyPublishers.ofString(Json.text(fields)));
    }

    Answer delete(String path, String cookie) throws IOException {
        return send("DELETE", path, cookie, "", BodyPublishers.noBody());
    }

    Answer form(String path, String fields) throws IOException {
        return send("POST", path, "", "application/x-www-form-urlencoded", BodyPublishers.ofString(fields));
    }

    Answer upload(String path, String cookie, String field, byte[] file) throws IOException {
        String boundary = "----ihome-soak-boundary";
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return send(
                "POST",
                path,
                cookie,
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.concat(
                        BodyPublishers.ofByteArray(head),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofByteArray(tail)));
    }

    private Answer send(String method, String path, String cookie, String type, BodyPublisher body)
            throws IOException {
        String address = site.get() + (path.startsWith("//") ? path.substring(1) : BASE + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).method(method, body);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) throws IOException {
        String cookie =
                response.headers().firstValue("Set-Cookie").orElse("").split(";", -1)[0];
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith(JSON)) {
            return new Answer(response.statusCode(), "", type, Json.object(), cookie);
        }
        try {
            JsonNode body = Json.parse(new String(response.body(), StandardCharsets.UTF_8));
            return new Answer(
                    response.statusCode(),
                    body.path("errno").asString(""),
                    body.path("errmsg").asString(""),
                    body.path("data"),
                    cookie);
        } catch (Json.MalformedJson e) {
            throw new IOException("an answer that is not JSON", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
