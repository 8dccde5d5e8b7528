package ihome;

import ihome.platform.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How operators watch the server.
 *
 * @param jsonLog whether the log is JSON
 * @param logLevels from which level on loggers write
 * @param metricsAge how long figures are used again that were gathered for somebody else
 */
record OperationConfig(boolean jsonLog, LogLevels logLevels, Duration metricsAge) {
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
        Duration metricsAge = settings.duration(
                "metrics-age",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "How long the figures of /metrics are used again for whoever asks next; they are gathered for one at a time");
        return new OperationConfig(json, levels, metricsAge);
    }
}
