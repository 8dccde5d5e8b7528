package ihome;

import ihome.booking.ClaimDecisions;
import ihome.identity.Audit;
import ihome.notice.Notices;
import ihome.platform.config.Settings;
import ihome.platform.money.Money;
import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * {@code ./ihome claim list} and {@code ./ihome claim decide ID AMOUNT --reason TEXT}: claims on deposits that guests dispute,
 * and the decision, which is on record. Guest and host are told on the site, and not by text message.
 */
final class ClaimCommand {
    private static final int LONGEST_REASON = 1_000;

    private ClaimCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.section("Claims");
        String task = settings.operand("what to do: list or decide");
        if (!List.of("", "list", "decide").contains(task)) {
            settings.mistake("does not know the task " + task + ", only: list, decide");
        }
        String reason =
                settings.textOr("reason", "", "Why; guest and host read it").strip();
        long claim = 0;
        Money amount = Money.ZERO;
        if (task.equals("decide")) {
            claim = claim(settings);
            amount = amount(settings);
            if (reason.isEmpty() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
                settings.mistake("decide needs --reason, of at most " + LONGEST_REASON + " characters");
            }
        }
        settings.check();
        Clock clock = Clock.systemUTC();
        try (CommandDatabase opened = CommandDatabase.asItIs(config);
                Outbox outbox = new Outbox(opened.get(), clock)) {
            SiteTime time = new SiteTime(clock, opened.zone(config));
            ClaimDecisions decisions = new ClaimDecisions(new Notices(outbox, time), time);
            if (task.equals("decide")) {
                ClaimDecisions.Decided decided = decide(opened, decisions, time, claim, amount, reason);
                out.println("claim " + claim + " of order " + decided.order() + " is decided: "
                        + decided.granted().yuan() + " yuan to the host");
            } else {
                List<String> lines = decisions.list(opened.get());
                lines.forEach(out::println);
                out.println(lines.size() + " to decide");
            }
        }
    }

    private static ClaimDecisions.Decided decide(
            CommandDatabase opened, ClaimDecisions decisions, SiteTime time, long claim, Money amount, String reason) {
        return opened.get().inTransaction(tx -> {
            ClaimDecisions.Decided decided = decisions
                    .decide(tx, claim, amount, reason, Audit.operator())
                    .orElseThrow(() -> new CommandFailed(
                            "claim " + claim + " is not disputed, or asks for less than " + amount.yuan() + " yuan"));
            new Audit().byOperator(tx, decided.guest(), Audit.What.CLAIM_DECIDED, time.now());
            return decided;
        });
    }

    private static long claim(Settings settings) {
        String text = settings.operand(1, "the claim's number, as the list names it");
        if (!text.matches("[0-9]{1,18}")) {
            settings.mistake("needs a claim's number, and not " + text);
            return 0;
        }
        return Long.parseLong(text);
    }

    private static Money amount(Settings settings) {
        String text = settings.operand(2, "the amount in yuan that the host gets, 0 for nothing");
        return Money.parseYuan(text).orElseGet(() -> {
            settings.mistake("needs an amount in yuan with at most two decimals, and not " + text);
            return Money.ZERO;
        });
    }
}
