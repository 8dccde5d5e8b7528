package ihome.platform.sms;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;

/**
 * An account with 容联云通讯.
 *
 * @param url scheme, host and port of the REST API
 * @param templateId a template with two variables, the code and for how many minutes it is valid; the signature that
 *     recipients see was registered with it
 */
record CloopenConfig(URI url, String accountSid, Secret authToken, String appId, String templateId, Duration limit)
        implements SmsConfig.Provider {

    static CloopenConfig from(Settings settings) {
        return new CloopenConfig(
                settings.url("cloopen-url").orElse(URI.create("https://app.cloopen.com:8883")),
                settings.required("cloopen-account-sid"),
                settings.secret("cloopen-auth-token"),
                settings.required("cloopen-app-id"),
                settings.required("cloopen-template-id"),
                SmsConfig.limit(settings));
    }

    @Override
    public String name() {
        return "cloopen";
    }
}
