package ihome.platform.sms;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;

/**
 * An account with 阿里云短信服务.
 *
 * @param url scheme, host and port of the API
 * @param signName the registered signature that recipients see
 * @param templateCode a template with the variable {@code code}
 */
record AliyunConfig(
        URI url, String accessKeyId, Secret accessKeySecret, String signName, String templateCode, Duration limit)
        implements SmsConfig.Provider {

    static AliyunConfig from(Settings settings) {
        return new AliyunConfig(
                settings.url("aliyun-sms-url").orElse(URI.create("https://dysmsapi.aliyuncs.com")),
                settings.required("aliyun-access-key-id"),
                settings.secret("aliyun-access-key-secret"),
                settings.required("aliyun-sms-sign-name"),
                settings.required("aliyun-sms-template-code"),
                SmsConfig.limit(settings));
    }

    @Override
    public String name() {
        return "aliyun";
    }
}
