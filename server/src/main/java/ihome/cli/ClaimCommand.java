package ihome.cli;

import ihome.CommandFailed;
import ihome.booking.ClaimDecisions;
import ihome.identity.Audit;
import ihome.notice.Notices;
import ihome.platform.money.Money;
import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ihome claim}: claims on deposits that guests dispute. They and the host are told on the site, not by text message. */
@Command(
        name = "claim",
        header = "claims on deposits that guests dispute, and the decision",
        description = """
        Lists the claims that a guest disputes, with what host and guest say. Decides one: AMOUNT in yuan, from 0 to what the host
        asks for, is the host's; the rest of the deposit goes back to the guest at once. Both are told on the site and read the
        reason. Works whether or not a server is running on the data folder. Who decided it is kept; ./ihome audit shows that it
        was done.
        """,
        exitCodeList = {"0:done", "1:there is no such disputed claim, or it asks for less"})
final class ClaimCommand extends DatabaseCommand {
    ClaimCommand(Invocation call) {
        super(call);
    }

    @Command(name = "list")
    void list() {
        onSite(config(), (database, time) -> {
            try (Outbox outbox = outbox(database)) {
                print(decisions(outbox, time).list(database.get()), "decide");
            }
        });
    }

    @Command(name = "decide")
    void decide(
            @Parameters(paramLabel = "ID", description = "the claim's number, as the list names it") long claim,
            @Parameters(paramLabel = "AMOUNT", description = "the amount in yuan that the host gets, 0 for nothing")
                    Money amount,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "why, at most 1,000 characters")
                    String reason) {
        onSite(config(reason), (database, time) -> {
            try (Outbox outbox = outbox(database)) {
                ClaimDecisions.Decided decided = database.get().inTransaction(tx -> {
                    ClaimDecisions.Decided done = decisions(outbox, time)
                            .decide(tx, claim, amount, reason.strip(), Audit.operator())
                            .orElseThrow(() -> new CommandFailed("claim " + claim
                                    + " is not disputed, or asks for less than " + amount.yuan() + " yuan"));
                    new Audit().byOperator(tx, done.guest(), Audit.What.CLAIM_DECIDED, time.now());
                    return done;
                });
                out().println("claim " + claim + " of order " + decided.order() + " is decided: "
                        + decided.granted().yuan() + " yuan to the host");
            }
        });
    }

    private static Outbox outbox(CommandDatabase database) {
        return new Outbox(database.get(), Clock.systemUTC());
    }

    private static ClaimDecisions decisions(Outbox outbox, SiteTime time) {
        return new ClaimDecisions(new Notices(outbox, time), time);
    }
}
