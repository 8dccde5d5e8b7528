package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.db.StatementPipeline;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.stay.BookingWindow;
import ihome.stay.Stay;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Books a stay: quotes it, claims its nights and writes the order, all or nothing.
 *
 * <p>Fails with {@link BookingProblem#NO_SUCH_HOUSE}, {@link BookingProblem#OWN_HOUSE}, {@link
 * BookingProblem#NIGHTS_TAKEN}, {@link BookingProblem#PRICE_CHANGED}, PARAMERR for dates that cannot be booked, and
 * REQERR for an idempotency key that stood for something else and for a guest who holds or has placed too much ({@link
 * Holds}).
 */
final class PlaceBooking {
    private static final String HOUSE_EXISTS = "orders_house_id_fkey";

    private final Database database;
    private final CalendarStore calendar;
    private final NewOrderStore orders = new NewOrderStore();
    private final NightClaimStore claims;
    private final OrderChanges changes;
    private final Holds holds;
    private final IdempotencyKeys keys;
    private final SiteTime time;

    PlaceBooking(
            Database database,
            CalendarStore calendar,
            NightClaimStore claims,
            OrderChanges changes,
            Holds holds,
            IdempotencyKeys keys,
            SiteTime time) {
        this.database = database;
        this.calendar = calendar;
        this.claims = claims;
        this.changes = changes;
        this.holds = holds;
        this.keys = keys;
        this.time = time;
    }

    /**
     * What a guest asks for.
     *
     * @param guests who comes
     * @param expectedTotal what the guest was told that it costs, deposit included; null: whatever it costs
     */
    record Command(
            long guest,
            long house,
            Stay stay,
            Guests guests,
            @Nullable Money expectedTotal) {
        /** What an idempotency key stands for: of one adult as in the version before, whose keys are still good. */
        private String text() {
            String text = house + " " + stay.start() + " " + stay.end();
            if (!guests.equals(Guests.ONE_ADULT)) {
                text += " guests " + guests.adults() + " " + guests.children() + " " + guests.infants();
            }
            return expectedTotal == null ? text : text + " " + expectedTotal.fen();
        }
    }

    /** The new order's id, or that of the order which the same key made before. */
    long run(Command command, Optional<String> key) {
        Optional<IdempotencyKeys.Key> once =
                key.map(text -> new IdempotencyKeys.Key(command.guest(), "POST /orders", text, command.text()));
        try {
            return database.inTransaction(tx -> once.map(known ->
                            Long.parseLong(keys.once(tx, known, () -> Long.toString(place(tx, command)))))
                    .orElseGet(() -> place(tx, command)));
        } catch (JdbiException e) {
            if (HOUSE_EXISTS.equals(Database.violatedConstraint(e))) {
                // It was removed at this moment (./ihome demo --remove).
                throw BookingProblem.NO_SUCH_HOUSE.exception();
            }
            throw e;
        }
    }

    private long place(Handle tx, Command command) {
        long house = command.house();
        Stay stay = command.stay();
        BookingWindow window = BookingWindow.at(time);
        window.check(stay);
        StatementPipeline questions = new StatementPipeline();
        Runnable checkHolds = holds.check(questions, command.guest(), house, stay);
        Supplier<Optional<CalendarStore.Offer>> offered =
                calendar.offer(questions, house, stay, command.guests(), window.first());
        questions.send(tx);
        CalendarStore.Offer offer = offered.get().orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception);
        Quote quote = offer.quote();
        if (quote.owner() == command.guest()) {
            throw BookingProblem.OWN_HOUSE.exception();
        }
        quote.check(time);
        checkHolds.run();
        if (command.expectedTotal() != null && !quote.total().equals(command.expectedTotal())) {
            throw BookingProblem.PRICE_CHANGED.exception(PriceViews.quote(quote, claims.areFree(tx, house, stay)));
        }
        OrderStatus status = OrderStates.initial(quote.instantBooking(), quote.paymentWay());
        Instant deadline = changes.deadline(status, quote.schedule(time.zone()));
        StatementPipeline statements = new StatementPipeline();
        Order order =
                orders.insert(statements, offer, command.guest(), status, deadline, quote.paymentWay(), time.now());
        BooleanSupplier taken = claims.take(tx, statements, house, stay, order.id());
        changes.begun(tx, statements, order);
        statements.send(tx);
        if (!taken.getAsBoolean()) {
            throw BookingProblem.NIGHTS_TAKEN.exception();
        }
        return order.id();
    }
}
