package ihome.verification;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.module.Platform;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.outbox.OutboxFile;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Endpoints 1 and 2: the captcha image, and the SMS code for who has read it. */
final class CaptchaRoutes {
    /** Of the address that sends a code. */
    private static final List<String> PARAMETERS = List.of("text", "id");

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final CaptchaPainter painter = new CaptchaPainter(new SecureRandom());
    private final ExpiringKeyValueStore store;
    private final Limits limits;
    private final SendSmsCode sendSmsCode;
    private final SiteTime time;
    private final @Nullable OutboxFile devOutbox;
    private final Counter captchas;
    private final Counter codes;

    /** @param devOutbox where captcha texts go as well with {@code --dev}; null otherwise */
    CaptchaRoutes(Platform platform, SmsCodes smsCodes, @Nullable OutboxFile devOutbox) {
        this.store = platform.ephemeral();
        this.limits = platform.limits();
        this.time = platform.time();
        PrometheusRegistry registry = platform.registry();
        this.sendSmsCode = new SendSmsCode(
                store, smsCodes, limits, platform.database(), platform.outbox(), new SmsBudget(limits, time, registry));
        this.devOutbox = devOutbox;
        this.captchas = Counter.builder()
                .name("ihome_captchas_total")
                .help("Captcha images made")
                .register(registry);
        this.codes = Counter.builder()
                .name("ihome_sms_codes_total")
                .help("SMS codes sent")
                .register(registry);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1.0/imagecode/{image_code_id}", Access.OPEN, this::image)
                        .onDatabaseFailure("保存图片验证码失败"),
                // It costs money: no page of another site has its visitors' browsers ask for it.
                Route.get("/api/v1.0/smscode/{mobile}", Access.OPEN, this::smsCode)
                        .unsafe());
    }

    private Response image(Request request) {
        String id = captchaId("image_code_id", request.path("image_code_id"));
        limits.take(new Limits.Use(Limit.CAPTCHA_PER_ADDRESS, request.address()));
        Captcha captcha = painter.draw();
        store.put(key(id), captcha.text().toUpperCase(Locale.ROOT), LIFETIME);
        if (devOutbox != null) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("time", time.format(time.now()));
            line.put("kind", "captcha");
            line.put("id", id);
            line.put("text", captcha.text());
            devOutbox.append(line);
        }
        captchas.inc();
        return Response.of(200, "image/jpg", captcha.jpeg())
                .with("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff");
    }

    private Response smsCode(Request request) {
        String mobile = request.path("mobile");
        Map<String, String> parameters = new HashMap<>();
        // The API document prints the address as /smscode/{mobile}&text=…&id=…
        int ampersand = mobile.indexOf('&');
        if (ampersand >= 0) {
            parameters.putAll(literalForm(mobile.substring(ampersand + 1)));
            mobile = mobile.substring(0, ampersand);
        }
        for (String name : PARAMETERS) {
            request.query(name).ifPresent(value -> parameters.put(name, value));
        }
        Mobile to = Mobile.parse(mobile);
        String text = Optional.ofNullable(parameters.get("text"))
                .filter(value -> value.length() <= 64)
                .orElseThrow(() -> BusinessException.forField("text", "请填写图片验证码"));
        String id = captchaId("id", parameters.getOrDefault("id", ""));
        sendSmsCode.run(to, id, text, request.address());
        codes.inc();
        return Response.done("发送成功");
    }

    /**
     * The parameters after the ampersand; an empty one counts as absent, as in a query. Others are not read: an error
     * names a parameter of this route and nothing that the client made up.
     */
    private static Map<String, String> literalForm(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text.split("&", 8)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals);
            if (!PARAMETERS.contains(name) || equals == pair.length() - 1) {
                continue;
            }
            try {
                parameters.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw BusinessException.badField(name, "编码错误");
            }
        }
        return parameters;
    }

    private static String captchaId(String field, String text) {
        String id = text.toLowerCase(Locale.ROOT);
        if (!UUID.matcher(id).matches()) {
            throw BusinessException.badField(field, "应为 UUID");
        }
        return id;
    }

    static String key(String captchaId) {
        return "ImageCode_" + captchaId;
    }
}
