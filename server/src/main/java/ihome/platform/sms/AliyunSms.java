package ihome.platform.sms;

import ihome.platform.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** 阿里云短信服务: the action SendSms of 2017-05-25, parameters in the query, signature version 3. */
final class AliyunSms implements SmsProvider {
    private static final String SENT = "OK";

    private final AliyunConfig config;
    private final AliyunSignature signature;
    private final Clock clock;

    AliyunSms(AliyunConfig config, Clock clock) {
        this.config = config;
        this.signature = new AliyunSignature(config.accessKeyId(), config.accessKeySecret());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public HttpRequest request(String mobile, String code) {
        return request(mobile, config.templateCode(), Map.of("code", code));
    }

    @Override
    public boolean sendsNotices() {
        return config.noticeTemplateCode().isPresent();
    }

    @Override
    public HttpRequest notice(String mobile, String order, String what) {
        return request(
                mobile, config.noticeTemplateCode().orElseThrow(), new TreeMap<>(Map.of("order", order, "what", what)));
    }

    private HttpRequest request(String mobile, String template, Map<String, String> variables) {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("PhoneNumbers", mobile);
        query.put("SignName", config.signName());
        query.put("TemplateCode", template);
        query.put("TemplateParam", Json.text(variables));
        URI uri = URI.create(
                config.url().toString().replaceAll("/+$", "") + "/?" + AliyunSignature.canonicalQuery(query));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody());
        signature
                .headers(
                        uri,
                        "SendSms",
                        "2017-05-25",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        UUID.randomUUID().toString())
                .forEach(request::setHeader);
        return request.setHeader("accept", "application/json").build();
    }

    @Override
    public SmsOutcome outcome(int status, String body) {
        JsonNode answer;
        try {
            answer = Json.parse(body);
        } catch (Json.MalformedJson e) {
            return SmsOutcome.ofStatus(status);
        }
        String code = answer.path("Code").asString("");
        if (code.isEmpty()) {
            return SmsOutcome.ofStatus(status);
        }
        if (code.equals(SENT)) {
            return SmsOutcome.sent();
        }
        return SmsOutcome.of(kind(code), code, answer.path("Message").asString(""));
    }

    /** Being turned away for the rate of all requests passes; a system error may have come after the sending. */
    private static SmsOutcome.Kind kind(String code) {
        if (code.startsWith("Throttling") || code.equals("ServiceUnavailable")) {
            return SmsOutcome.Kind.RETRY;
        }
        return code.equals("isp.SYSTEM_ERROR") || code.equals("InternalError")
                ? SmsOutcome.Kind.UNKNOWN
                : SmsOutcome.Kind.REFUSED;
    }
}
