package ihome.cli;

import ihome.CommandFailed;
import ihome.ledger.LedgerCheck;
import picocli.CommandLine.Command;

/** {@code ./ihome ledger check}: holds the ledger against the orders, beside a running server or without one. */
@Command(
        name = "ledger",
        header = "checks the books",
        description = """
        Reads every posting of the double-entry ledger and every order, and prints what does not fit: a posting that
        does not sum to zero, an order whose entries do not, money without an order. It changes nothing, and works
        whether or not a server is running on the data folder.
        """,
        exitCodeList = {"0:the books are sound", "1:they are not, or it failed"})
final class LedgerCommand extends DatabaseCommand {
    LedgerCommand(Invocation call) {
        super(call);
    }

    @Command(name = "check")
    void check() {
        onSite(config(), (database, _) -> {
            LedgerCheck.Report report = LedgerCheck.run(database.get());
            report.findings().forEach(out()::println);
            out().println(report.postings() + " postings, balances in fen " + report.balances() + ", "
                    + (report.isSound() ? "sound" : report.findings().size() + " findings"));
            if (!report.isSound()) {
                throw new CommandFailed("the ledger is not sound");
            }
        });
    }
}
