package ihome.booking;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Guest or host asks for other dates or guests of a paid order, and the other side answers (marketplace contract, a stay).
 * Fails with {@link BookingProblem#NOT_POSSIBLE}.
 */
final class StayChanges {
    private static final int BATCH = 50;

    private final Database database;
    private final OrderStore orders;
    private final OrderChanges orderChanges;
    private final NightClaimStore claims;
    private final StayChangeParts parts;
    private final Limits limits;
    private final SiteTime time;
    private final StayChangeStore store = new StayChangeStore();

    /** What asking and answering share. */
    record StayChangeParts(
            StayChangeQuotes quotes, StayChangeSteps steps, StayChangeNotices notices, BookingConfig config) {}

    StayChanges(
            Database database,
            OrderStore orders,
            OrderChanges orderChanges,
            NightClaimStore claims,
            StayChangeParts parts,
            Limits limits,
            SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.orderChanges = orderChanges;
        this.claims = claims;
        this.parts = parts;
        this.limits = limits;
        this.time = time;
    }

    /** What somebody asks for; null: as it is. */
    record Wanted(@Nullable LocalDate start, @Nullable LocalDate end, GuestFields.Given guests) {
        private Stay stay(Order order) {
            return Stay.between(
                    "start_date",
                    start == null ? order.stay().start() : start,
                    "end_date",
                    end == null ? order.stay().end() : end);
        }

        private Guests guests(Order order) {
            return guests.or(order.guests());
        }
    }

    /** A change with the order that it belongs to, as it is by then. */
    record Answered(Order order, StayChange change) {}

    /** What {@link #ask} would ask for at this moment. */
    StayChangeViews.PreviewView preview(long account, long id, Wanted wanted) {
        return database.inSnapshot(tx -> {
            Order order = orders.find(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            checkAsking(order, account);
            return preview(tx, order, parts.quotes.of(tx, order, wanted.stay(order), wanted.guests(order)));
        });
    }

    private StayChangeViews.PreviewView preview(Handle tx, Order order, ChangedStay to) {
        boolean free = claims.areFree(tx, order.house(), to.newNights());
        return StayChangeViews.preview(order, to, free, time.today());
    }

    private Party checkAsking(Order order, long account) {
        Party party = order.party(account);
        if (party == null || order.statusNow(time) != OrderStatus.PAID) {
            throw BookingProblem.NOT_POSSIBLE.exception();
        }
        return party;
    }

    /**
     * Asks. Nothing of the order changes and no night is held before it is accepted. Fails also with {@link
     * BookingProblem#CHANGE_OPEN}, {@link BookingProblem#NIGHTS_TAKEN}, {@link BookingProblem#PRICE_CHANGED}, PARAMERR
     * ({@link StayChangeQuotes#of}), and REQERR for who has asked too often.
     *
     * @param expected the difference that the asker was shown, in fen; null: whatever it is
     */
    Answered ask(long account, long id, Wanted wanted, @Nullable Long expected) {
        limits.take(new Limits.Use(Limit.ORDER_CHANGES_PER_ACCOUNT_DAY, Long.toString(account)));
        return database.inTransaction(tx -> {
            Order order = orderChanges.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = checkAsking(order, account);
            if (parts.steps.open(tx, order).isPresent()) {
                throw BookingProblem.CHANGE_OPEN.exception();
            }
            ChangedStay to = parts.quotes.of(tx, order, wanted.stay(order), wanted.guests(order));
            if (expected != null && !to.difference().equals(new Money(expected))) {
                throw BookingProblem.PRICE_CHANGED.exception(preview(tx, order, to));
            }
            if (!claims.areFree(tx, order.house(), to.newNights())) {
                throw BookingProblem.NIGHTS_TAKEN.exception();
            }
            StayChange change = store.insert(
                    tx, id, party, to, parts.quotes.due(order, to.stay(), parts.config.hostAnswer()), time.now());
            parts.notices.tellAsked(tx, order, change);
            return new Answered(order, change);
        });
    }

    /** Accepts, rejects or withdraws ({@link StayChangeSteps#apply}). */
    Answered answer(long account, long id, long change, StayChangeAction action) {
        return database.inTransaction(tx -> {
            Order order = orderChanges.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = order.party(account);
            Optional<StayChange> found = party == null ? Optional.empty() : parts.steps.find(tx, order, change);
            if (party == null || found.isEmpty()) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            return new Answered(order, parts.steps.apply(tx, order, found.get(), party, action, null));
        });
    }

    /** Ends what was not answered or paid in time. Works as {@link DueOrders} does; returns how many. */
    int runDue() {
        int total = 0;
        for (int done = BATCH; done == BATCH; total += done) {
            done = database.inTransaction((Handle tx) -> {
                int ended = 0;
                for (long id : store.lockDue(tx, time.now(), BATCH)) {
                    Order order = orders.find(tx, id).orElseThrow();
                    ended += parts.steps.open(tx, order).isEmpty() ? 1 : 0;
                }
                return ended;
            });
        }
        return total;
    }
}
