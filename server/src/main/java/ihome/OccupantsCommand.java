package ihome;

import ihome.identity.IdentityKeys;
import ihome.occupant.OccupantExport;
import ihome.platform.config.Settings;
import ihome.platform.time.SiteTime;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./ihome occupants export --date D}: who arrives on a day, as CSV for the local register; it is on record. */
final class OccupantsCommand {
    private OccupantsCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.section("Occupants");
        String task = settings.operand("what to do: export");
        if (!List.of("", "export").contains(task)) {
            settings.mistake("does not know the task " + task + ", only: export");
        }
        Optional<LocalDate> day = SiteTime.parseDate(
                settings.textOr("date", "", "The day of arrival, YYYY-MM-DD").strip());
        if (day.isEmpty()) {
            settings.mistake("export needs --date, as YYYY-MM-DD");
        }
        settings.check();
        if (task.isEmpty() || day.isEmpty()) {
            throw new CommandFailed("occupants needs to be told what to do: export --date D");
        }
        try (CommandDatabase database = CommandDatabase.asItIs(config);
                IdentityKeys keys = IdentityKeys.open(config.identityKeys(), database.get())) {
            SiteTime time = new SiteTime(Clock.systemUTC(), database.zone(config));
            OccupantExport.csv(database.get(), keys, time, day.get()).forEach(out::println);
        }
    }
}
