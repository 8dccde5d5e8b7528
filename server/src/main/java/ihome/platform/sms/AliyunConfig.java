package ihome.platform.sms;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An account with 阿里云短信服务.
 *
 * @param url scheme, host and port of the API
 * @param signName the registered signature that recipients see
 * @param templateCode a template with the variable {@code code}
 * @param noticeTemplateCode a template with the variables {@code order} and {@code what}; without it no notices are sent
 */
record AliyunConfig(
        URI url,
        String accessKeyId,
        Secret accessKeySecret,
        String signName,
        String templateCode,
        Optional<String> noticeTemplateCode,
        Duration limit)
        implements SmsConfig.Provider {

    static AliyunConfig from(Settings settings, boolean chosen, Duration limit) {
        return new AliyunConfig(
                settings.url("aliyun-sms-url", "Address of 阿里云短信; without it https://dysmsapi.aliyuncs.com")
                        .orElse(URI.create("https://dysmsapi.aliyuncs.com")),
                settings.textIf(chosen, "aliyun-access-key-id", "AccessKey ID of 阿里云"),
                settings.secretIf(chosen, "aliyun-access-key-secret", "AccessKey secret of 阿里云"),
                settings.textIf(chosen, "aliyun-sms-sign-name", "Registered signature that recipients see"),
                settings.textIf(chosen, "aliyun-sms-template-code", "Template with the variable code"),
                settings.text(
                        "aliyun-sms-notice-template-code",
                        "Template for notices with the variables order and what; without it no notices are sent"),
                limit);
    }

    @Override
    public String name() {
        return "aliyun";
    }
}
