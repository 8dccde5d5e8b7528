package ihome;

import ihome.identity.Audit;
import ihome.platform.config.Settings;
import ihome.platform.time.SiteTime;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ./ihome audit}: who has had to do with real names and identity numbers, and when. */
final class AuditCommand {
    private AuditCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.section("Audit");
        Optional<Long> user = settings.value(
                "user", "an account's number", Long::parseLong, "Only what was done with this account's data");
        Optional<LocalDate> since = settings.value(
                "since",
                "a day such as 2026-06-01",
                text -> SiteTime.parseDate(text).orElseThrow(IllegalArgumentException::new),
                "Only what was done from this day on");
        settings.check();
        Clock clock = Clock.systemUTC();
        try (CommandDatabase database = CommandDatabase.asItIs(config)) {
            SiteTime time = new SiteTime(clock, database.zone(config));
            Instant from = since.map(time::startOf).orElse(Instant.EPOCH);
            new Audit().read(database.get(), user, from, clock.instant(), entry -> out.println(text(entry, time)));
        }
    }

    static void run(List<String> arguments, Map<String, String> environment) {
        run(arguments, environment, System.out);
    }

    static String text(Audit.Entry entry, SiteTime time) {
        return String.format(
                Locale.ROOT,
                "%s  %-16s  account %-8s  %s",
                time.format(entry.at()),
                entry.what(),
                entry.account().map(String::valueOf).orElse("all"),
                entry.who());
    }
}
