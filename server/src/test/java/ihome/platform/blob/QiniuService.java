package ihome.platform.blob;

import ihome.platform.json.Json;
import ihome.testing.TestEndpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * Qiniu Kodo as its documentation describes it: form upload with a checked token, delete and stat with a checked
 * management signature, and the bucket's domain, all on one port. Written from the documentation, not from the SDK.
 */
public final class QiniuService implements AutoCloseable {
    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret-of-qiniu";
    public static final String BUCKET = "pictures";

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final TestEndpoint endpoint = new TestEndpoint(this::answer);
    private volatile int failure;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean storesBeforeFailing;

    public URI uri() {
        return endpoint.uri();
    }

    public Map<String, byte[]> files() {
        return files;
    }

    /** What was asked, such as {@code upload 200} and {@code delete 612}, oldest first. */
    public List<String> operations() {
        return operations;
    }

    /** The next {@code times} uploads end with this status; 579 is answered after the file was kept. */
    public void failUploads(int status, int times) {
        failure = status;
        failures.set(times);
        storesBeforeFailing = status == 579;
    }

    public void hang(boolean on) {
        endpoint.hang(on);
    }

    public int requests() {
        return endpoint.requests();
    }

    /** The options of a server that keeps its pictures here. */
    public Map<String, String> environment() {
        return Map.of(
                "IHOME_MEDIA",
                "qiniu",
                "IHOME_QINIU_ACCESS_KEY",
                ACCESS_KEY,
                "IHOME_QINIU_SECRET_KEY",
                SECRET_KEY,
                "IHOME_QINIU_BUCKET",
                BUCKET,
                "IHOME_QINIU_UPLOAD_HOST",
                uri().toString(),
                "IHOME_QINIU_MANAGEMENT_HOST",
                uri().toString(),
                "IHOME_QINIU_DOMAIN",
                uri().toString(),
                "IHOME_MEDIA_TIMEOUT",
                "30s");
    }

    private TestEndpoint.Answer answer(TestEndpoint.Request request) {
        String path = request.uri().getPath();
        if (request.method().equals("GET")) {
            byte[] file = files.get(path.substring(1));
            return file == null
                    ? json(404, "{\"error\":\"Document not found\"}")
                    : new TestEndpoint.Answer(200, Map.of("Last-Modified", S3Service.httpDate(Instant.now())), file);
        }
        if (path.startsWith("/delete/") || path.startsWith("/stat/")) {
            return manage(request, path);
        }
        TestEndpoint.Answer answer = upload(request);
        operations.add("upload " + answer.status());
        return answer;
    }

    private TestEndpoint.Answer upload(TestEndpoint.Request request) {
        Map<String, byte[]> form = MultipartForm.parse(request.header("Content-Type"), request.body());
        String key = text(form, "key");
        String[] token = text(form, "token").split(":", -1);
        if (token.length != 3 || !token[0].equals(ACCESS_KEY) || !token[1].equals(sign(token[2]))) {
            return json(401, "{\"error\":\"bad token\"}");
        }
        JsonNode policy = parse(new String(Base64.getUrlDecoder().decode(token[2]), StandardCharsets.UTF_8));
        if (policy.path("deadline").asLong() < Instant.now().getEpochSecond()) {
            return json(401, "{\"error\":\"expired token\"}");
        }
        if (policy.path("deadline").asLong() > Instant.now().getEpochSecond() + 3600) {
            return json(400, "{\"error\":\"the tests want short-lived tokens\"}");
        }
        if (!policy.path("scope").asString().equals(BUCKET + ":" + key)) {
            return json(401, "{\"error\":\"key doesn't match scope\"}");
        }
        byte[] file = form.get("file");
        CRC32 crc = new CRC32();
        crc.update(file);
        if (!text(form, "crc32").equals(Long.toString(crc.getValue()))) {
            return json(406, "{\"error\":\"crc32 check failed\"}");
        }
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            if (storesBeforeFailing) {
                files.put(key, file);
            }
            return json(failure, "{\"error\":\"as the test wants\"}");
        }
        files.put(key, file);
        return json(200, "{\"hash\":\"Fh8xVqod2MQ1mocfI4S4KpRL6D98\",\"key\":\"" + key + "\"}");
    }

    private TestEndpoint.Answer manage(TestEndpoint.Request request, String path) {
        String operation = path.substring(1, path.indexOf('/', 1));
        TestEndpoint.Answer answer = managed(request, operation, path.substring(path.indexOf('/', 1) + 1));
        operations.add(operation + " " + answer.status());
        return answer;
    }

    private TestEndpoint.Answer managed(TestEndpoint.Request request, String operation, String entry) {
        if (!request.header("Authorization").equals("Qiniu " + ACCESS_KEY + ":" + sign(toSign(request)))) {
            return json(401, "{\"error\":\"bad token\"}");
        }
        String[] names = new String(Base64.getUrlDecoder().decode(entry), StandardCharsets.UTF_8).split(":", 2);
        if (!names[0].equals(BUCKET)) {
            return json(631, "{\"error\":\"no such bucket\"}");
        }
        byte[] file = operation.equals("delete") ? files.remove(names[1]) : files.get(names[1]);
        if (file == null) {
            return json(612, "{\"error\":\"no such file or directory\"}");
        }
        return json(
                200,
                operation.equals("delete")
                        ? "{}"
                        : "{\"fsize\":" + file.length
                                + ",\"hash\":\"x\",\"mimeType\":\"image/jpeg\",\"putTime\":17000000000000000}");
    }

    /** "管理凭证": method, path, host, content type, the X-Qiniu- headers in order, and the body but for binary ones. */
    private static String toSign(TestEndpoint.Request request) {
        StringBuilder text = new StringBuilder(request.method())
                .append(' ')
                .append(request.uri().getRawPath())
                .append("\nHost: ")
                .append(request.header("Host"));
        String type = request.header("Content-Type");
        if (!type.isEmpty()) {
            text.append("\nContent-Type: ").append(type);
        }
        request.headers().keySet().stream()
                .filter(name -> name.regionMatches(true, 0, "X-Qiniu-", 0, 8))
                .sorted()
                .forEach(name ->
                        text.append('\n').append(canonical(name)).append(": ").append(request.header(name)));
        text.append("\n\n");
        if (!type.isEmpty() && !type.equals("application/octet-stream")) {
            text.append(new String(request.body(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String canonical(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("-", -1)) {
            text.append(text.isEmpty() ? "" : "-")
                    .append(part.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                    .append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getUrlEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Map<String, byte[]> form, String field) {
        return new String(form.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String text) {
        try {
            return Json.parse(text);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(text, e);
        }
    }

    private static TestEndpoint.Answer json(int status, String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Reqid", "test-request");
        return new TestEndpoint.Answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
