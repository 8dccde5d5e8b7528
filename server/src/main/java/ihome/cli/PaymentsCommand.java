package ihome.cli;

import ihome.CommandFailed;
import ihome.identity.Audit;
import ihome.payment.PaymentSettlements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ihome payments}: what a person has to decide about payments, and the decision, which is on record. */
@Command(
        name = "payments",
        header = "what payment providers leave to a person's decision",
        description = """
        Lists refunds that the provider refuses for good, and discrepancies: money that went back to a guest past this site
        (in the provider's own console), a trade that was closed after it had been paid, an amount that is not the trade's.
        Works whether or not a server is running on the data folder.

        A refused refund is settled as
          retry     the provider is asked again
          made      the guest has the money by another way; the books say that it was sent
        A discrepancy is settled as
          platform  the platform bears what went back; what is owed to guest and host stays
          noted     nothing is booked
        Who settled what, and why, is kept; ./ihome audit shows that it was done.
        """,
        exitCodeList = {"0:done", "1:there is no such item, or it cannot be settled so"})
final class PaymentsCommand extends DatabaseCommand {
    PaymentsCommand(Invocation call) {
        super(call);
    }

    @Command(name = "list")
    void list() {
        onSite(config(), (database, time) -> print(new PaymentSettlements(database.get(), time).list(), "settle"));
    }

    @Command(name = "settle")
    void settle(
            @Option(
                            names = "--item",
                            required = true,
                            paramLabel = "NAME",
                            description = "as the list names it: refund-12, discrepancy-3")
                    String item,
            @Option(names = "--as", required = true, paramLabel = "WAY", description = "retry, made, platform or noted")
                    PaymentSettlements.How way,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason) {
        onSite(config(!reason.isBlank(), "needs --reason: why"), (database, time) -> {
            PaymentSettlements settlements = new PaymentSettlements(database.get(), time);
            database.get().inTransaction(tx -> {
                long guest = settlements
                        .settle(tx, item, way, reason, Audit.operator())
                        .orElseThrow(() -> new CommandFailed(item + " is not open, or cannot be settled as " + way));
                new Audit().byOperator(tx, guest, Audit.What.PAYMENT_SETTLED, time.now());
                return null;
            });
            out().println(item + " is settled");
        });
    }
}
