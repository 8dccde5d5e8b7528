package ihome.verification;

import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.platform.http.Route;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.OutboxFile;
import ihome.platform.sms.SmsChannel;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.SiteTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Captchas and SMS codes, and the channel of text messages. */
public final class VerificationModule implements FeatureModule {
    private final Platform platform;
    private final SmsConfig sms;
    private final OutboxFile file;
    private final SmsCodes codes;
    private final CaptchaRoutes captchas;

    /**
     * Captchas and SMS codes.
     *
     * @param file where text messages go without a provider
     * @param dev whether the texts of captchas go to the file as well
     */
    public VerificationModule(Platform platform, SmsConfig sms, OutboxFile file, boolean dev) {
        this.platform = platform;
        this.sms = sms;
        this.file = file;
        this.codes = new SmsCodes(platform.ephemeral(), platform.limits());
        @Nullable OutboxFile captchaTexts = dev ? file : null;
        this.captchas = new CaptchaRoutes(platform, codes, captchaTexts);
    }

    public SmsCodes codes() {
        return codes;
    }

    @Override
    public List<Route> routes() {
        return captchas.routes();
    }

    @Override
    public Map<String, Channel> channels() {
        SiteTime time = platform.time();
        return switch (sms) {
            case SmsConfig.Provider provider -> SmsChannel.of(provider, time.clock(), platform.registry());
            case SmsConfig.File _ -> Map.of(SmsChannel.CODE, message -> file.append(line(time, message)));
        };
    }

    /** The line of the contract: {@code {"time", "kind": "sms", "mobile", "code"}}. */
    private static Map<String, Object> line(SiteTime time, JsonNode message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", time.format(time.now()));
        line.put("kind", "sms");
        line.put("mobile", message.path("mobile").asString());
        line.put("code", message.path("code").asString());
        return line;
    }
}
