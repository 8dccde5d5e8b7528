package ihome;

import ihome.platform.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How operators watch the server.
 *
 * @param jsonLog whether the log is JSON
 * @param logLevels from which level on loggers write
 * @param accessLogFile where the access log goes, if there is one
 * @param management where health and metrics are answered; empty: on the site's port
 * @param metricsAge how long figures are used again that were gathered for somebody else
 */
public record OperationConfig(
        boolean jsonLog,
        LogLevels logLevels,
        AccessLogForm accessLog,
        Path accessLogFile,
        Optional<ManagementAddress> management,
        Duration metricsAge) {
    /** What the access log looks like. */
    enum AccessLogForm {
        OFF,
        COMBINED,
        JSON
    }

    /** @param data the data folder */
    static OperationConfig from(Settings settings, Path data) {
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
        AccessLogForm accessLog = AccessLogForm.valueOf(settings.choice(
                        "access-log",
                        "off",
                        List.of("off", "combined", "json"),
                        "A line for each request, without its query and without mobiles (none for what is malformed): in the combined"
                                + " format of Apache and nginx, with seconds and the request's id behind it, or as JSON."
                                + " It holds addresses, which are personal data. Answers from memory are slower with it")
                .toUpperCase(Locale.ROOT));
        Path accessLogFile = settings.path(
                "access-log-file",
                Path.of(""),
                "Where the access log goes; without it access.log in the data folder. It is begun anew each day (UTC) and"
                        + " at " + AccessLogFile.MEGABYTES + " MB; older ones are compressed and kept for "
                        + AccessLogFile.DAYS
                        + " days, or until they have " + AccessLogFile.TOTAL_MEGABYTES + " MB together");
        Optional<ManagementAddress> management = settings.value(
                "management-address",
                ManagementAddress.FORM,
                ManagementAddress::parse,
                "Where /health and /metrics are answered, and /log-levels, which changes --log-level while the server"
                        + " runs: for operators and their monitoring only. The site's port then has no /metrics, and goes"
                        + " on answering /health");
        Duration metricsAge = settings.duration(
                "metrics-age",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                "How long the figures of /metrics are used again for whoever asks next; they are gathered for one at a time");
        return new OperationConfig(
                json,
                levels,
                accessLog,
                accessLogFile.toString().isEmpty() ? data.resolve("access.log") : accessLogFile.toAbsolutePath(),
                management,
                metricsAge);
    }
}
