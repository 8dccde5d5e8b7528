package ihome.platform.sms;

import ihome.testing.TestEndpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 阿里云短信服务 as its documentation describes it: checks the version 3 signature of each request. */
final class AliyunService implements AutoCloseable {
    static final String KEY_ID = "test-key-id";
    static final String KEY_SECRET = "test-key-secret";
    static final String SENT =
            "{\"Code\":\"OK\",\"Message\":\"OK\",\"BizId\":\"9006197469364984^0\",\"RequestId\":\"F655A8D5\"}";
    private static final Pattern AUTHORIZATION =
            Pattern.compile("ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})");

    private final List<Map<String, String>> received = new CopyOnWriteArrayList<>();
    private final TestEndpoint endpoint = new TestEndpoint(this::answer);
    private volatile int status = 200;
    private volatile String answer = SENT;

    /** Parameters of the requests whose signature was right. */
    List<Map<String, String>> received() {
        return received;
    }

    void answers(int httpStatus, String body) {
        status = httpStatus;
        answer = body;
    }

    TestEndpoint endpoint() {
        return endpoint;
    }

    private TestEndpoint.Answer answer(TestEndpoint.Request request) {
        Matcher parts = AUTHORIZATION.matcher(request.header("Authorization"));
        if (!parts.matches() || !parts.group(1).equals(KEY_ID)) {
            return CloopenService.json(404, "{\"Code\":\"InvalidAccessKeyId.NotFound\",\"Message\":\"not found\"}");
        }
        boolean right = request.header("x-acs-action").equals("SendSms")
                && request.header("x-acs-version").equals("2017-05-25")
                && request.header("x-acs-date").matches("20[0-9-]{8}T[0-9:]{8}Z")
                && request.header("x-acs-content-sha256").equals(hex(sha256(request.body())));
        StringBuilder canonical =
                new StringBuilder(request.method() + "\n/\n" + request.uri().getRawQuery() + "\n");
        for (String name : parts.group(2).split(";", -1)) {
            canonical.append(name).append(':').append(request.header(name)).append('\n');
        }
        canonical.append('\n').append(parts.group(2)).append('\n').append(hex(sha256(request.body())));
        String expected =
                hmac("ACS3-HMAC-SHA256\n" + hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8))));
        if (!right || !expected.equals(parts.group(3))) {
            return CloopenService.json(400, "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"does not match\"}");
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : request.uri().getRawQuery().split("&", -1)) {
            String[] both = pair.split("=", 2);
            parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        received.add(parameters);
        return CloopenService.json(status, answer);
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

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return hex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
