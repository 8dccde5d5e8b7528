package ihome;

import ihome.identity.Audit;
import ihome.platform.change.ChangeLog;
import ihome.platform.config.Settings;
import ihome.platform.time.SiteTime;
import ihome.review.ReportDecisions;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * {@code ./ihome reports list} and {@code ./ihome reports decide ID hide|keep --reason TEXT}: reviews that one side of a stay
 * reported. The decision, its reason and who made it stay with the report.
 */
final class ReportsCommand {
    private static final int LONGEST_REASON = 1_000;

    private ReportsCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.section("Reports");
        String task = settings.operand("what to do: list or decide");
        if (!List.of("", "list", "decide").contains(task)) {
            settings.mistake("does not know the task " + task + ", only: list, decide");
        }
        String reason = settings.textOr("reason", "", "Why").strip();
        long report = 0;
        boolean hide = false;
        if (task.equals("decide")) {
            report = report(settings);
            hide = hide(settings);
            if (reason.isEmpty() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
                settings.mistake("decide needs --reason, of at most " + LONGEST_REASON + " characters");
            }
        }
        settings.check();
        try (CommandDatabase opened = CommandDatabase.asItIs(config)) {
            SiteTime time = new SiteTime(Clock.systemUTC(), opened.zone(config));
            ReportDecisions decisions = new ReportDecisions(new ChangeLog(opened.get()), time);
            if (task.equals("decide")) {
                long order = decide(opened, decisions, report, hide, reason);
                out.println("report " + report + " is decided: the review of order " + order + " is "
                        + (hide ? "hidden" : "kept"));
            } else {
                List<String> lines = decisions.list(opened.get());
                lines.forEach(out::println);
                out.println(lines.size() + " to decide");
            }
        }
    }

    private static long decide(
            CommandDatabase opened, ReportDecisions decisions, long report, boolean hide, String reason) {
        return opened.get()
                .inTransaction(tx -> decisions
                        .decide(tx, report, hide, reason, Audit.operator())
                        .orElseThrow(() -> new CommandFailed("no report " + report + " waits for a decision")));
    }

    private static long report(Settings settings) {
        String text = settings.operand(1, "the report's number, as the list names it");
        if (!text.matches("[0-9]{1,18}")) {
            settings.mistake("needs a report's number, and not " + text);
            return 0;
        }
        return Long.parseLong(text);
    }

    private static boolean hide(Settings settings) {
        String text = settings.operand(2, "what becomes of the review: hide or keep");
        if (!List.of("hide", "keep").contains(text)) {
            settings.mistake("does not know the decision " + text + ", only: hide, keep");
        }
        return text.equals("hide");
    }
}
