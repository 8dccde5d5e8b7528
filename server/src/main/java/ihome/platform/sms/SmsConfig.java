package ihome.platform.sms;

import ihome.platform.config.Settings;
import java.time.Duration;
import java.util.List;

/** Who sends text messages: {@code IHOME_SMS}, the outbox file by default. */
public sealed interface SmsConfig permits SmsConfig.File, SmsConfig.Provider {
    /** Nobody: messages go to the outbox file. */
    record File() implements SmsConfig {}

    /** A provider of the public network. */
    sealed interface Provider extends SmsConfig permits CloopenConfig, AliyunConfig {
        /** As {@code IHOME_SMS} and the metric name it. */
        String name();

        /** For one request, connecting included. */
        Duration limit();
    }

    /** Reads {@code sms} and the options of every provider; what the chosen one misses is a mistake. */
    static SmsConfig from(Settings settings) {
        settings.section("Text messages");
        String chosen = settings.choice(
                "sms",
                "outbox-file",
                List.of("outbox-file", "cloopen", "aliyun"),
                "Who sends codes; the outbox file is DATA/outbox.jsonl");
        Duration limit = settings.duration(
                "sms-timeout", Duration.ofSeconds(10), Duration.ofMinutes(1), "Limit for one request to a provider");
        CloopenConfig cloopen = CloopenConfig.from(settings, chosen.equals("cloopen"), limit);
        AliyunConfig aliyun = AliyunConfig.from(settings, chosen.equals("aliyun"), limit);
        return switch (chosen) {
            case "cloopen" -> cloopen;
            case "aliyun" -> aliyun;
            default -> new File();
        };
    }
}
