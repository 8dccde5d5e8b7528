package ihome.platform.blob;

import ihome.testing.TestEndpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3 as its documentation describes it, checking what public mocks do not: the signature of each request, its payload
 * hash and its time. It takes both styles of address.
 */
public final class S3Service implements AutoCloseable {
    public static final String ACCESS_KEY = "TESTACCESSKEY";
    public static final String SECRET_KEY = "test+secret/of/s3";
    public static final String BUCKET = "pictures";
    private static final Pattern AUTHORIZATION =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/([^/]+)/s3/aws4_request,"
                    + " ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final TestEndpoint endpoint = new TestEndpoint(this::answer);
    private volatile int failure;
    private final AtomicInteger failures = new AtomicInteger();

    public URI uri() {
        return endpoint.uri();
    }

    public Map<String, byte[]> files() {
        return files;
    }

    /** What was asked, such as {@code PUT 200}, oldest first. */
    public List<String> operations() {
        return operations;
    }

    public void fail(int status, int times) {
        failure = status;
        failures.set(times);
    }

    public void hang(boolean on) {
        endpoint.hang(on);
    }

    /** The options of a server that keeps its pictures here. */
    public Map<String, String> environment() {
        return Map.of(
                "IHOME_MEDIA",
                "s3",
                "IHOME_S3_ENDPOINT",
                uri().toString(),
                "IHOME_S3_BUCKET",
                BUCKET,
                "IHOME_S3_ACCESS_KEY",
                ACCESS_KEY,
                "IHOME_S3_SECRET_KEY",
                SECRET_KEY,
                "IHOME_MEDIA_TIMEOUT",
                "30s");
    }

    private TestEndpoint.Answer answer(TestEndpoint.Request request) {
        TestEndpoint.Answer answer = answerSigned(request);
        operations.add(request.method() + " " + answer.status());
        return answer;
    }

    private TestEndpoint.Answer answerSigned(TestEndpoint.Request request) {
        String refusal = refusal(request);
        if (!refusal.isEmpty()) {
            return error(403, refusal);
        }
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return error(failure, "SlowDown");
        }
        String path = request.uri().getRawPath();
        String bucket = request.header("Host").startsWith(BUCKET + ".") ? "/" : "/" + BUCKET + "/";
        if (!path.startsWith(bucket)) {
            return error(404, "NoSuchBucket");
        }
        String key = path.substring(bucket.length());
        byte[] file = files.get(key);
        return switch (request.method()) {
            case "PUT" -> {
                files.put(key, request.body());
                yield new TestEndpoint.Answer(200, Map.of("ETag", "\"x\""), new byte[0]);
            }
            case "DELETE" -> {
                files.remove(key);
                yield new TestEndpoint.Answer(204, Map.of(), new byte[0]);
            }
            default ->
                file == null
                        ? error(404, "NoSuchKey")
                        : new TestEndpoint.Answer(200, Map.of("Last-Modified", httpDate(Instant.now())), file);
        };
    }

    /** What is wrong with the signature; empty when nothing is. */
    private static String refusal(TestEndpoint.Request request) {
        Matcher parts = AUTHORIZATION.matcher(request.header("Authorization"));
        if (!parts.matches() || !parts.group(1).equals(ACCESS_KEY)) {
            return "InvalidAccessKeyId";
        }
        String time = request.header("x-amz-date");
        Duration skew =
                Duration.between(Instant.from(TIME.parse(time)), Instant.now()).abs();
        if (skew.compareTo(Duration.ofMinutes(15)) > 0 || !time.startsWith(parts.group(2))) {
            return "RequestTimeTooSkewed";
        }
        String hash = hex(sha256(request.body()));
        if (!request.header("x-amz-content-sha256").equals(hash)) {
            return "XAmzContentSHA256Mismatch";
        }
        if (!List.of(parts.group(4).split(";", -1))
                .containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))) {
            return "AccessDenied";
        }
        StringBuilder canonical =
                new StringBuilder(request.method() + "\n" + request.uri().getRawPath() + "\n\n");
        for (String name : parts.group(4).split(";", -1)) {
            canonical.append(name).append(':').append(request.header(name)).append('\n');
        }
        canonical.append('\n').append(parts.group(4)).append('\n').append(hash);
        String scope = parts.group(2) + "/" + parts.group(3) + "/s3/aws4_request";
        byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        return hex(hmac(key, toSign)).equals(parts.group(5)) ? "" : "SignatureDoesNotMatch";
    }

    private static TestEndpoint.Answer error(int status, String code) {
        return new TestEndpoint.Answer(
                status,
                Map.of("Content-Type", "application/xml"),
                ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8));
    }

    static String httpDate(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
