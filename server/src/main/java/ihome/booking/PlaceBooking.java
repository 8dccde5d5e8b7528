package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.db.Together;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import ihome.stay.Stay;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Books a stay: quotes it, claims its nights and writes the order, all or nothing.
 *
 * <p>Fails with {@link BookingProblem#NO_SUCH_HOUSE}, {@link BookingProblem#OWN_HOUSE}, {@link
 * BookingProblem#NIGHTS_TAKEN}, PARAMERR for dates that cannot be booked, and REQERR for an idempotency key that stood
 * for something else and for a guest who holds or has placed too much ({@link Holds}).
 */
final class PlaceBooking {
    private final Database database;
    private final CalendarStore calendar;
    private final OrderStore orders;
    private final NightClaimStore claims;
    private final OrderChanges changes;
    private final Holds holds;
    private final IdempotencyKeys keys;
    private final SiteTime time;

    PlaceBooking(
            Database database,
            CalendarStore calendar,
            OrderStore orders,
            NightClaimStore claims,
            OrderChanges changes,
            Holds holds,
            IdempotencyKeys keys,
            SiteTime time) {
        this.database = database;
        this.calendar = calendar;
        this.orders = orders;
        this.claims = claims;
        this.changes = changes;
        this.holds = holds;
        this.keys = keys;
        this.time = time;
    }

    /** The new order's id, or that of the order which the same key made before. */
    long run(long guest, long house, Stay stay, Optional<String> key) {
        String asked = house + " " + stay.start() + " " + stay.end();
        Optional<IdempotencyKeys.Key> once =
                key.map(text -> new IdempotencyKeys.Key(guest, "POST /orders", text, asked));
        return database.inTransaction(tx -> once.map(known ->
                        Long.parseLong(keys.once(tx, known, () -> Long.toString(place(tx, guest, house, stay)))))
                .orElseGet(() -> place(tx, guest, house, stay)));
    }

    private long place(Handle tx, long guest, long house, Stay stay) {
        BookingWindow.check(stay, time.today());
        Together questions = new Together();
        Runnable checkHolds = holds.check(questions, guest, house, stay);
        Supplier<Optional<CalendarStore.Offer>> offered = calendar.offer(questions, house, stay);
        questions.send(tx);
        CalendarStore.Offer offer = offered.get().orElseThrow(BookingProblem.NO_SUCH_HOUSE::refusal);
        Quote quote = offer.quote();
        if (quote.owner() == guest) {
            throw BookingProblem.OWN_HOUSE.refusal();
        }
        quote.checkLength();
        checkHolds.run();
        OrderStatus status = OrderStates.initial(quote.instantBooking(), quote.paymentWay());
        Instant deadline = changes.deadline(status);
        Together statements = new Together();
        Order order = orders.insert(statements, offer, guest, status, deadline, quote.paymentWay(), time.now());
        BooleanSupplier taken = claims.take(tx, statements, house, stay, order.id());
        changes.begun(tx, statements, order);
        statements.send(tx);
        if (!taken.getAsBoolean()) {
            throw BookingProblem.NIGHTS_TAKEN.refusal();
        }
        return order.id();
    }
}
