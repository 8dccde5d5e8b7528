package ihome.platform.sms;

import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Handling;
import ihome.platform.outbox.NotDelivered;
import ihome.platform.remote.RemoteAnswer;
import ihome.platform.remote.RemoteFailure;
import ihome.platform.remote.RemoteHttp;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * The outbox channel of a provider; payloads have {@code mobile} and {@code code}. A message is never sent twice: an
 * attempt that the provider may have received and did not answer is not repeated. Codes are useless after five minutes
 * (API contract), and so are given up then.
 */
public final class SmsChannel implements Channel {
    /** How long a code is valid. */
    public static final Duration USEFUL = Duration.ofMinutes(5);

    private final SmsProvider provider;
    private final Duration limit;
    private final Counter attempts;

    SmsChannel(SmsProvider provider, Duration limit, PrometheusRegistry registry) {
        this.provider = provider;
        this.limit = limit;
        this.attempts = Counter.builder()
                .name("ihome_sms_total")
                .help("Attempts to send a text message by what came of them, and messages given up")
                .labelNames("provider", "outcome")
                .register(registry);
        for (SmsOutcome.Kind kind : SmsOutcome.Kind.values()) {
            attempts.initLabelValues(provider.name(), label(kind));
        }
        attempts.initLabelValues(provider.name(), "expired");
    }

    /** The channel of the configured provider. */
    public static SmsChannel of(SmsConfig.Provider config, Clock clock, PrometheusRegistry registry) {
        SmsProvider provider = switch (config) {
            case CloopenConfig cloopen -> new CloopenSms(cloopen, clock);
            case AliyunConfig aliyun -> new AliyunSms(aliyun, clock);
        };
        return new SmsChannel(provider, config.limit(), registry);
    }

    @Override
    public Handling handling() {
        return new Handling(true, true, USEFUL);
    }

    @Override
    public void deliver(JsonNode payload) {
        SmsOutcome outcome =
                attempt(payload.path("mobile").asString(), payload.path("code").asString());
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
    private SmsOutcome attempt(String mobile, String code) {
        try (RemoteHttp http = new RemoteHttp(limit)) {
            RemoteAnswer answer = http.send(provider.request(mobile, code));
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
