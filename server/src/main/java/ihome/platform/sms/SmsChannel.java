package ihome.platform.sms;

import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Handling;
import ihome.platform.outbox.NotDelivered;
import ihome.platform.remote.RemoteAnswer;
import ihome.platform.remote.RemoteFailure;
import ihome.platform.remote.RemoteHttp;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * An outbox channel of a provider. Payloads for codes have {@code mobile} and {@code code}, those for notices {@code
 * mobile}, {@code order} and {@code what}. A message is never sent twice: an attempt that the provider may have received
 * and did not answer is not repeated. Codes are useless after five minutes (API contract), notices after an hour, and so
 * are given up then.
 */
public final class SmsChannel implements Channel {
    /** The outbox's kind of message with a code. */
    public static final String CODE = "sms";

    /** The outbox's kind of message with a notice. */
    public static final String NOTICE = "notice";

    /** How long a code is valid. */
    public static final Duration USEFUL = Duration.ofMinutes(5);

    private static final Duration NOTICE_USEFUL = Duration.ofHours(1);

    private final SmsProvider provider;
    private final Function<JsonNode, HttpRequest> requests;
    private final Duration useful;
    private final Duration limit;
    private final Counter attempts;

    private SmsChannel(
            SmsProvider provider,
            Function<JsonNode, HttpRequest> requests,
            Duration useful,
            Duration limit,
            Counter attempts) {
        this.provider = provider;
        this.requests = requests;
        this.useful = useful;
        this.limit = limit;
        this.attempts = attempts;
    }

    /** The channels of the configured provider by kind of message: codes, and notices where it has a template for them. */
    public static Map<String, Channel> of(SmsConfig.Provider config, Clock clock, PrometheusRegistry registry) {
        SmsProvider provider = switch (config) {
            case CloopenConfig cloopen -> new CloopenSms(cloopen, clock);
            case AliyunConfig aliyun -> new AliyunSms(aliyun, clock);
        };
        Counter attempts = attempts(provider, registry);
        Channel codes = new SmsChannel(
                provider,
                message -> provider.request(text(message, "mobile"), text(message, "code")),
                USEFUL,
                config.limit(),
                attempts);
        if (!provider.sendsNotices()) {
            return Map.of(CODE, codes);
        }
        Channel notices = new SmsChannel(
                provider,
                message -> provider.notice(text(message, "mobile"), text(message, "order"), text(message, "what")),
                NOTICE_USEFUL,
                config.limit(),
                attempts);
        return Map.of(CODE, codes, NOTICE, notices);
    }

    private static Counter attempts(SmsProvider provider, PrometheusRegistry registry) {
        Counter attempts = Counter.builder()
                .name("ihome_sms_total")
                .help("Attempts to send a text message by what came of them, and messages given up")
                .labelNames("provider", "outcome")
                .register(registry);
        for (SmsOutcome.Kind kind : SmsOutcome.Kind.values()) {
            attempts.initLabelValues(provider.name(), label(kind));
        }
        attempts.initLabelValues(provider.name(), "expired");
        return attempts;
    }

    private static String text(JsonNode message, String name) {
        return message.path(name).asString();
    }

    @Override
    public Handling handling() {
        return new Handling(true, true, useful);
    }

    @Override
    public void deliver(JsonNode payload) {
        SmsOutcome outcome = attempt(payload);
        attempts.labelValues(provider.name(), label(outcome.kind())).inc();
        String what = provider.name() + ": " + outcome.detail();
        switch (outcome.kind()) {
            case SENT -> {}
            case REFUSED -> throw NotDelivered.refused(what);
            case UNKNOWN -> throw NotDelivered.unknown(what);
            case RETRY -> throw new SmsNotSent(what);
        }
    }

    /** With a connection of its own: one kept from before may be dead, which would leave the outcome unknown. */
    private SmsOutcome attempt(JsonNode payload) {
        try (RemoteHttp http = new RemoteHttp(limit)) {
            RemoteAnswer answer = http.send(requests.apply(payload));
            return provider.outcome(answer.status(), answer.text());
        } catch (RemoteFailure e) {
            SmsOutcome.Kind kind = e.mayHaveArrived() ? SmsOutcome.Kind.UNKNOWN : SmsOutcome.Kind.RETRY;
            return new SmsOutcome(kind, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void expired() {
        attempts.labelValues(provider.name(), "expired").inc();
    }

    private static String label(SmsOutcome.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
