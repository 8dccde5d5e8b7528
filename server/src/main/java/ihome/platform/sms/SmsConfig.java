package ihome.platform.sms;

import ihome.platform.config.Settings;
import java.time.Duration;

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

    /** Reads {@code sms} and the options of the provider it names; mistakes are in {@link Settings#check()}. */
    static SmsConfig from(Settings settings) {
        String name = settings.text("sms").orElse("outbox-file");
        return switch (name) {
            case "outbox-file" -> new File();
            case "cloopen" -> CloopenConfig.from(settings);
            case "aliyun" -> AliyunConfig.from(settings);
            default -> {
                settings.mistake("--sms (IHOME_SMS) should be outbox-file, cloopen or aliyun");
                yield new File();
            }
        };
    }

    /** Of one request. */
    static Duration limit(Settings settings) {
        return Duration.ofSeconds(settings.integer("sms-timeout", 10, 1, 60));
    }
}
