package ihome;

import ihome.identity.Audit;
import ihome.payment.PaymentSettlements;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./ihome payments list} and {@code ./ihome payments settle}: what a person has to decide about payments, and the
 * decision, which is on record.
 */
final class PaymentsCommand {
    private static final List<String> WAYS = List.of("retry", "made", "platform", "noted");

    private PaymentsCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.section("Payments");
        String task = settings.operand("what to do: list or settle");
        String item = settings.textOr("item", "", "What to settle, as the list names it: refund-12, discrepancy-3");
        String way = settings.textOr(
                "as",
                "",
                "What becomes of it. A refused refund: retry (the provider is asked again) or made (the guest has the"
                        + " money by another way). A discrepancy: platform (the platform bears what went back) or noted"
                        + " (nothing is booked)");
        String reason = settings.textOr("reason", "", "Why; kept with who decided it");
        if (!List.of("", "list", "settle").contains(task)) {
            settings.mistake("does not know the task " + task + ", only: list, settle");
        }
        if (task.equals("settle") && (item.isEmpty() || way.isEmpty() || reason.isEmpty())) {
            settings.mistake("settle needs --item, --as and --reason");
        }
        if (!way.isEmpty() && !WAYS.contains(way)) {
            settings.mistake("--as takes one of " + WAYS);
        }
        settings.check();
        try (CommandDatabase opened = CommandDatabase.asItIs(config)) {
            SiteTime time = new SiteTime(Clock.systemUTC(), opened.zone(config));
            PaymentSettlements settlements = new PaymentSettlements(opened.get(), time);
            if (task.equals("settle")) {
                settle(opened.get(), settlements, time, item, way, reason);
                out.println(item + " is settled");
            } else {
                List<String> lines = settlements.list();
                lines.forEach(out::println);
                out.println(lines.size() + " to settle");
            }
        }
    }

    private static void settle(
            Database database, PaymentSettlements settlements, SiteTime time, String item, String way, String reason) {
        PaymentSettlements.How how = PaymentSettlements.How.valueOf(way.toUpperCase(Locale.ROOT));
        database.inTransaction(tx -> {
            long guest = settlements
                    .settle(tx, item, how, reason, Audit.operator())
                    .orElseThrow(() -> new CommandFailed(item + " is not open, or cannot be settled as " + way));
            new Audit().byOperator(tx, guest, Audit.What.PAYMENT_SETTLED, time.now());
            return null;
        });
    }
}
