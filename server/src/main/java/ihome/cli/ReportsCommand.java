package ihome.cli;

import ihome.CommandFailed;
import ihome.identity.Audit;
import ihome.platform.change.ChangeLog;
import ihome.platform.time.SiteTime;
import ihome.review.ReportDecisions;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ihome reports}: reviews that one side of a stay reported. Who decided, and why, stays with the report. */
@Command(
        name = "reports",
        header = "reviews that one side of a stay reported, and the decision",
        description = """
        Lists the reports that wait for a decision, with the review and what the reporter says of it. Decides one: hide takes the
        review off the site, keep leaves it there. Who decided it, and why, stays with the report. Works whether or not a server is
        running on the data folder.
        """,
        exitCodeList = {"0:done", "1:no such report waits for a decision"})
final class ReportsCommand extends DatabaseCommand {
    enum Decision {
        HIDE,
        KEEP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ReportsCommand(Invocation call) {
        super(call);
    }

    @Command(name = "list")
    void list() {
        onSite(config(), (database, time) -> print(decisions(database, time).list(database.get()), "decide"));
    }

    @Command(name = "decide")
    void decide(
            @Parameters(paramLabel = "ID", description = "the report's number, as the list names it") long report,
            @Parameters(paramLabel = "DECISION", description = "what becomes of the review: hide or keep")
                    Decision decision,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "why, at most 1,000 characters")
                    String reason) {
        boolean hide = decision == Decision.HIDE;
        onSite(config(reason), (database, time) -> {
            long order = database.get()
                    .inTransaction(tx -> decisions(database, time)
                            .decide(tx, report, hide, reason.strip(), Audit.operator())
                            .orElseThrow(() -> new CommandFailed("no report " + report + " waits for a decision")));
            out().println("report " + report + " is decided: the review of order " + order + " is "
                    + (hide ? "hidden" : "kept"));
        });
    }

    private static ReportDecisions decisions(CommandDatabase database, SiteTime time) {
        return new ReportDecisions(new ChangeLog(database.get()), time);
    }
}
