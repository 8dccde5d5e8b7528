package ihome.verification;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.time.SiteTime;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the site's budget of text messages, so that somebody hears of it before it is gone: a metric, and a word in the
 * log at four fifths and at the end, each once a day and node.
 */
final class SmsBudget {
    static final Limits.Use ALL = new Limits.Use(Limit.SMS_TOTAL, "all");

    private static final Logger log = LoggerFactory.getLogger(SmsBudget.class);
    private static final double ALARM = 0.8;

    private final Limits limits;
    private final SiteTime time;
    private final Gauge share;
    private @Nullable LocalDate warned;
    private @Nullable LocalDate empty;

    SmsBudget(Limits limits, SiteTime time, PrometheusRegistry registry) {
        this.limits = limits;
        this.time = time;
        this.share = Gauge.builder()
                .name("ihome_sms_budget_used_ratio")
                .help("Share of the day's budget of SMS codes that was used up when the last one was asked for")
                .register(registry);
    }

    /** One more was taken. */
    void taken() {
        double used = limits.share(ALL);
        share.set(used);
        if (used >= 1) {
            sayUsedUp();
        } else if (used >= ALARM) {
            sayNearlyUsedUp(used);
        }
    }

    private synchronized void sayNearlyUsedUp(double used) {
        LocalDate today = time.today();
        if (!today.equals(warned)) {
            warned = today;
            log.warn(
                    "SMS budget: {} % of today's {} codes are used; is somebody pumping?",
                    Math.round(used * 100), limits.max(Limit.SMS_TOTAL));
        }
    }

    private synchronized void sayUsedUp() {
        LocalDate today = time.today();
        if (!today.equals(empty)) {
            empty = today;
            log.error(
                    "SMS budget: all {} codes of today are used; nobody gets one until midnight",
                    limits.max(Limit.SMS_TOTAL));
        }
    }
}
