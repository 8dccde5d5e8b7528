package ihome.platform.sms;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An account with 容联云通讯.
 *
 * @param url scheme, host and port of the REST API
 * @param templateId a template with two variables, the code and for how many minutes it is valid; the signature that
 *     recipients see was registered with it
 * @param noticeTemplateId a template with two variables, the order's number and what happened; without it no notices
 *     are sent
 */
record CloopenConfig(
        URI url,
        String accountSid,
        Secret authToken,
        String appId,
        String templateId,
        Optional<String> noticeTemplateId,
        Duration limit)
        implements SmsConfig.Provider {

    static CloopenConfig from(Settings settings, boolean chosen, Duration limit) {
        return new CloopenConfig(
                settings.url("cloopen-url", "Address of 容联云通讯; without it https://app.cloopen.com:8883")
                        .orElse(URI.create("https://app.cloopen.com:8883")),
                settings.textIf(chosen, "cloopen-account-sid", "ACCOUNT SID of 容联云通讯"),
                settings.secretIf(chosen, "cloopen-auth-token", "AUTH TOKEN of 容联云通讯"),
                settings.textIf(chosen, "cloopen-app-id", "AppID of 容联云通讯"),
                settings.textIf(
                        chosen,
                        "cloopen-template-id",
                        "Template with two variables: the code, and for how many minutes"),
                settings.text(
                        "cloopen-notice-template-id",
                        "Template for notices with two variables: the order's number, and what happened; without it no"
                                + " notices are sent"),
                limit);
    }

    @Override
    public String name() {
        return "cloopen";
    }
}
