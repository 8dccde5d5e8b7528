package ihome;

import ihome.platform.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How operators watch the server.
 *
 * @param jsonLog whether the log is JSON
 * @param logLevels from which level on loggers write
 * @param management where health and metrics are answered; empty: on the site's port
 * @param metricsAge how long figures are used again that were gathered for somebody else
 */
record OperationConfig(
        boolean jsonLog, LogLevels logLevels, Optional<ManagementAddress> management, Duration metricsAge) {
    static OperationConfig from(Settings settings) {
        settings.section("Watching");
        boolean json = settings.choice("log", "lines", List.of("lines", "json"), "Form of the log on standard error")
                .equals("json");
        LogLevels levels = settings.value(
                        "log-level",
                        LogLevels.FORM,
                        LogLevels::parse,
                        "From which level on the log has lines; without it info for this program (ihome) and warn for its"
                                + " libraries. What libraries say at debug may hold personal data")
                .orElse(LogLevels.USUAL);
        Optional<ManagementAddress> management = settings.value(
                "management-address",
                ManagementAddress.FORM,
                ManagementAddress::parse,
                "Where /health and /metrics are answered, for the monitoring's network only. The site's port then has no"
                        + " /metrics, and goes on answering /health");
        Duration metricsAge = settings.duration(
                "metrics-age",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "How long the figures of /metrics are used again for whoever asks next; they are gathered for one at a time");
        return new OperationConfig(json, levels, management, metricsAge);
    }
}
