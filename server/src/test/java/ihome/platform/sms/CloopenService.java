package ihome.platform.sms;

import ihome.platform.json.Json;
import ihome.testing.TestEndpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** 容联云通讯 as its REST documentation describes it: checks signature, authorization and form of each request. */
public final class CloopenService implements AutoCloseable {
    public static final String SID = "8aaf07085f5c54cf015f";
    public static final String TOKEN = "secret-token";
    public static final String SENT =
            "{\"statusCode\":\"000000\",\"templateSMS\":{\"smsMessageSid\":\"ff8080813c37\"}}";

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final TestEndpoint endpoint = new TestEndpoint(this::answer);
    private volatile int status = 200;
    private volatile String answer = SENT;

    /** Bodies of the requests whose signature was right. */
    public List<JsonNode> received() {
        return received;
    }

    public void answers(int httpStatus, String body) {
        status = httpStatus;
        answer = body;
    }

    public TestEndpoint endpoint() {
        return endpoint;
    }

    /** The options of a server that sends through here. */
    public Map<String, String> environment() {
        return Map.of(
                "IHOME_SMS", "cloopen",
                "IHOME_CLOOPEN_URL", endpoint.uri().toString(),
                "IHOME_CLOOPEN_ACCOUNT_SID", SID,
                "IHOME_CLOOPEN_AUTH_TOKEN", TOKEN,
                "IHOME_CLOOPEN_APP_ID", "app-1",
                "IHOME_CLOOPEN_TEMPLATE_ID", "1",
                "IHOME_SMS_TIMEOUT", "30s");
    }

    private TestEndpoint.Answer answer(TestEndpoint.Request request) {
        String[] names = new String(Base64.getDecoder().decode(request.header("Authorization")), StandardCharsets.UTF_8)
                .split(":", -1);
        boolean right = request.method().equals("POST")
                && request.uri().getPath().equals("/2013-12-26/Accounts/" + SID + "/SMS/TemplateSMS")
                && names.length == 2
                && names[0].equals(SID)
                && names[1].matches("20[0-9]{12}")
                && request.uri().getQuery().equals("sig=" + md5(SID + TOKEN + names[1]))
                && request.header("Content-Type").equals("application/json;charset=utf-8");
        if (!right) {
            return json(200, "{\"statusCode\":\"111109\",\"statusMsg\":\"请求地址Sig校验失败\"}");
        }
        received.add(parse(request.body()));
        return json(status, answer);
    }

    private static String md5(String text) {
        try {
            StringBuilder hex = new StringBuilder();
            for (byte b : MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8))) {
                hex.append(String.format("%02X", b));
            }
            return hex.toString();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(body);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    static TestEndpoint.Answer json(int status, String body) {
        return new TestEndpoint.Answer(
                status,
                Map.of("Content-Type", "application/json;charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
