package ihome.booking;

import ihome.platform.db.Database;
import org.jspecify.annotations.Nullable;

/** The host accepts or rejects. Fails with {@link BookingProblem#NOT_POSSIBLE}. */
final class AnswerBooking {
    private final Database database;
    private final OrderChanges changes;

    AnswerBooking(Database database, OrderChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    void accept(long account, long order) {
        answer(account, order, OrderAction.ACCEPT, null);
    }

    void reject(long account, long order, String reason) {
        answer(account, order, OrderAction.REJECT, reason);
    }

    private void answer(long account, long id, OrderAction action, @Nullable String reason) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = order.party(account);
            if (party == null) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            return changes.apply(tx, order, party, account, action, reason);
        });
    }
}
