package ihome.ledger;

import ihome.platform.db.Database;
import java.util.List;
import java.util.Map;

/** Holds the ledger against itself and against the orders, all as of one moment. Changes nothing. */
public final class LedgerCheck {
    /** How many findings of one kind are listed; the rest is counted. */
    private static final int LISTED = 20;

    private LedgerCheck() {}

    /**
     * What was found.
     *
     * @param postings how many postings there are
     * @param balances sum of all entries of each account kind, in fen
     * @param findings one line each, empty when all is well
     */
    public record Report(long postings, Map<LedgerAccount, Long> balances, List<String> findings) {
        public boolean isSound() {
            return findings.isEmpty();
        }
    }

    public static Report run(Database database) {
        LedgerCheckStore store = new LedgerCheckStore();
        return database.inSnapshot(
                tx -> new Report(store.postings(tx), store.balances(tx), store.findings(tx, LISTED)));
    }
}
