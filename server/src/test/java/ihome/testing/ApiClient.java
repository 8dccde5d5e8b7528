package ihome.testing;

import ihome.apidocs.OpenApiContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A browser's worth of HTTP: keeps the session cookie, and holds every answer against the API document. Its own client
 * address is set with {@link #from}, which the test server believes as it would a trusted proxy.
 */
public final class ApiClient {
    private static final String BASE = "/api/v1.0";
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Await.PATIENCE)
            .build();

    private final URI server;
    private final Runnable afterWrite;
    private final Map<String, String> headers = new TreeMap<>();
    private @Nullable String session;
    private Duration patience = Await.PATIENCE;

    public ApiClient(URI server) {
        this(server, () -> {});
    }

    /**
     * A client of the server at an address, without cookies.
     *
     * @param afterWrite done when a request that may have changed something is answered, before that answer is told
     */
    public ApiClient(URI server, Runnable afterWrite) {
        this.server = server;
        this.afterWrite = afterWrite;
    }

    /** Requests come from this address from now on. */
    public ApiClient from(String address) {
        headers.put("X-Forwarded-For", address);
        return this;
    }

    /** An answer is waited for so long from now on. */
    public ApiClient waitingUpTo(Duration time) {
        patience = time;
        return this;
    }

    /** Every request carries this header from now on. */
    public ApiClient with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The session cookie's value; null before log-in and after log-out. */
    public @Nullable String session() {
        return session;
    }

    public ApiClient session(@Nullable String token) {
        this.session = token;
        return this;
    }

    /** Gets a path below the API's base path, or from the root when it begins with two slashes. */
    public Reply get(String path) {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    public Reply delete(String path) {
        return send("DELETE", path, null, BodyPublishers.noBody());
    }

    public Reply post(String path, String json) {
        return send("POST", path, "application/json", BodyPublishers.ofString(json));
    }

    public Reply put(String path, String json) {
        return send("PUT", path, "application/json", BodyPublishers.ofString(json));
    }

    /** A multipart body with one file. */
    public Reply upload(String path, String field, byte[] file) {
        return upload(path, field, file, Map.of());
    }

    /** A multipart body with one file, and texts after it. */
    public Reply upload(String path, String field, byte[] file, Map<String, String> texts) {
        String boundary = "----ihome-test-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        texts.forEach((name, text) -> body.writeBytes(
                ("\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text)
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                path,
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.ofByteArray(body.toByteArray()));
    }

    public Reply send(String method, String path, @Nullable String contentType, BodyPublisher body) {
        String address = path.startsWith("//") ? path.substring(1) : BASE + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(address))
                .timeout(patience)
                .method(method, body);
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        if (session != null) {
            request.setHeader("Cookie", "session=" + session);
        }
        HttpResponse<byte[]> response;
        try {
            response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        keepSession(response);
        if (!method.equals("GET") && !method.equals("HEAD")) {
            afterWrite.run();
        }
        OpenApiContract.shared().check(response);
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    private void keepSession(HttpResponse<byte[]> response) {
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            if (cookie.startsWith("session=")) {
                String value = cookie.substring("session=".length(), cookie.indexOf(';'));
                session = value.isEmpty() ? null : value;
            }
        }
    }
}
