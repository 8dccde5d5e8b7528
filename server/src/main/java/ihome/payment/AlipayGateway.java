package ihome.payment;

import ihome.platform.json.Json;
import ihome.platform.remote.RemoteAnswer;
import ihome.platform.remote.RemoteFailure;
import ihome.platform.remote.RemoteHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Requests to Alipay's gateway, signed, and its answers, whose signature is checked before they are believed. */
final class AlipayGateway implements AutoCloseable {
    /** Alipay's times are those of Beijing, wherever the site is. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private final PaymentConfig.Alipay config;
    private final Clock clock;
    private final RemoteHttp http;

    AlipayGateway(PaymentConfig.Alipay config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.http = new RemoteHttp(config.limit());
    }

    /** {@code yyyy-MM-dd HH:mm:ss} in Alipay's zone. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** The fields of one request, signed now. */
    Map<String, String> signed(String method, Map<String, Object> content, Map<String, String> addresses) {
        Map<String, String> fields = new TreeMap<>(addresses);
        fields.put("app_id", config.appId());
        fields.put("method", method);
        fields.put("format", "JSON");
        fields.put("charset", "utf-8");
        fields.put("timestamp", time(clock.instant()));
        fields.put("version", "1.0");
        fields.put("biz_content", Json.text(content));
        return SignedFields.request(fields, config.privateKey());
    }

    /**
     * Asks and waits for the answer, whatever its code. Fails when none comes, or none that Alipay signed.
     *
     * @param method such as {@code alipay.trade.query}
     */
    JsonNode ask(String method, Map<String, Object> content) throws ProviderFailure {
        HttpRequest request = HttpRequest.newBuilder(config.gateway())
                .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .POST(BodyPublishers.ofString(SignedFields.encode(signed(method, content, Map.of()))))
                .build();
        RemoteAnswer answer;
        try {
            answer = http.send(request);
        } catch (RemoteFailure e) {
            throw new ProviderFailure(method + ": " + e.getMessage());
        }
        if (answer.status() != 200) {
            throw new ProviderFailure(method + ": status " + answer.status());
        }
        return checked(method, answer.text());
    }

    private JsonNode checked(String method, String text) throws ProviderFailure {
        String name = method.replace('.', '_') + "_response";
        try {
            JsonNode whole = Json.parse(text);
            if (whole.has("error_response")) {
                throw new ProviderFailure(method + ": " + reason(whole.path("error_response")));
            }
            String raw = rawObject(text, name);
            if (!SignedFields.verify(raw, whole.path("sign").asString(""), config.alipayKey())) {
                throw new ProviderFailure(method + ": an answer that Alipay did not sign");
            }
            return Json.parse(raw);
        } catch (Json.MalformedJson e) {
            throw new ProviderFailure(method + ": an answer that is no JSON");
        }
    }

    /** A member's value as it was sent: the signature is over these very characters. Empty when it is no object. */
    private static String rawObject(String json, String member) {
        int at = json.indexOf("\"" + member + "\"");
        int start = at < 0 ? -1 : json.indexOf('{', at);
        int depth = 0;
        boolean quoted = false;
        for (int i = Math.max(start, 0); start >= 0 && i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return json.substring(start, i + 1);
            }
        }
        return "";
    }

    /** Codes and words of an answer that says no; they are about the request, not about people. */
    static String reason(JsonNode answer) {
        return answer.path("code").asString("") + " " + answer.path("sub_code").asString("") + " "
                + answer.path("sub_msg").asString(answer.path("msg").asString(""));
    }

    @Override
    public void close() {
        http.close();
    }
}
