package ihome.cli;

import ihome.AppConfig;
import ihome.identity.IdentityKeys;
import ihome.occupant.OccupantExport;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ihome occupants export --date D}: who arrives on a day, as CSV for the local register; it is on record. */
@Command(
        name = "occupants",
        header = "who arrives on a day, for the local register",
        description = """
        Writes a line of CSV for each person that the guests of paid orders have named and whose stay begins on that day, with names,
        numbers and mobiles in the clear. That it was done is on record before: ./ihome audit shows it. Works whether or not a server
        is running on the data folder. Names and numbers are deleted --occupants-days after the departure.
        """,
        exitCodeList = {"0:done"})
final class OccupantsCommand extends DatabaseCommand {
    OccupantsCommand(Invocation call) {
        super(call);
    }

    @Command(name = "export")
    void export(
            @Option(names = "--date", required = true, paramLabel = "D", description = "the day of arrival, YYYY-MM-DD")
                    LocalDate day) {
        AppConfig config = config();
        onSite(config, (database, time) -> {
            try (IdentityKeys keys = IdentityKeys.open(config.identityKeys(), database.get())) {
                OccupantExport.csv(database.get(), keys, time, day).forEach(out()::println);
            }
        });
    }
}
