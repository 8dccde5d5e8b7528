package ihome.platform.sms;

import ihome.platform.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * 容联云通讯's REST interface for template messages, version 2013-12-26: the signature in the query is the upper-case
 * MD5 of account, token and time, the {@code Authorization} header the Base64 of account and time.
 */
final class CloopenSms implements SmsProvider {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final String SENT = "000000";

    private final CloopenConfig config;
    private final Clock clock;

    CloopenSms(CloopenConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "cloopen";
    }

    @Override
    public HttpRequest request(String mobile, String code) {
        return request(mobile, config.templateId(), List.of(code, Long.toString(SmsChannel.USEFUL.toMinutes())));
    }

    @Override
    public boolean sendsNotices() {
        return config.noticeTemplateId().isPresent();
    }

    @Override
    public HttpRequest notice(String mobile, String order, String what) {
        return request(mobile, config.noticeTemplateId().orElseThrow(), List.of(order, what));
    }

    private HttpRequest request(String mobile, String template, List<String> variables) {
        String time = TIME.format(clock.instant());
        String path = "/2013-12-26/Accounts/" + config.accountSid() + "/SMS/TemplateSMS?sig="
                + md5(config.accountSid() + config.authToken().reveal() + time);
        String authorization =
                Base64.getEncoder().encodeToString((config.accountSid() + ":" + time).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("to", mobile);
        body.put("appId", config.appId());
        body.put("templateId", template);
        body.put("datas", variables);
        return HttpRequest.newBuilder(URI.create(config.url().toString().replaceAll("/+$", "") + path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json;charset=utf-8")
                .header("Authorization", authorization)
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
    }

    @Override
    public SmsOutcome outcome(int status, String body) {
        JsonNode answer;
        try {
            answer = Json.parse(body);
        } catch (Json.MalformedJson e) {
            return SmsOutcome.ofStatus(status);
        }
        String code = answer.path("statusCode").asString("");
        if (code.isEmpty()) {
            return SmsOutcome.ofStatus(status);
        }
        if (code.equals(SENT)) {
            return SmsOutcome.sent();
        }
        // No code of theirs promises that another attempt would be taken.
        return SmsOutcome.of(
                SmsOutcome.Kind.REFUSED, code, answer.path("statusMsg").asString(""));
    }

    @SuppressWarnings("UnsafeCryptoUsage") // the provider's protocol
    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
