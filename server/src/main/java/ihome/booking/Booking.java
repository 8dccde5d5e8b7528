package ihome.booking;

import ihome.ledger.Ledger;
import ihome.module.Platform;
import ihome.notice.Notices;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import ihome.review.GuestReviewStore;
import ihome.review.ReviewStore;

/** The parts of booking, made in the order in which they need each other. */
public final class Booking {
    final OrderStore orders = new OrderStore();
    final NightClaimStore claims;
    final CalendarStore calendar;
    final PlaceBooking placeBooking;
    final AnswerBooking answerBooking;
    final CancelBooking cancelBooking;
    final CloseStay closeStay;
    final ReviewStay reviewStay;
    final ReviewStay.Reviews reviews;
    final ChangeCalendar changeCalendar;
    final DepositClaims depositClaims;
    final StayChanges stayChanges;
    final Notices notices;
    final int feePercent;
    private final DueOrders dueOrders;
    private final OrderPayments payments;

    /**
     * All of them.
     *
     * @param paidOnArrival whether guests pay the host: nobody takes payments for the site
     */
    public Booking(
            Platform platform,
            BookingConfig config,
            boolean paidOnArrival,
            Ledger ledger,
            Notices notices,
            ReviewStore reviews,
            IdempotencyKeys keys) {
        Database database = platform.database();
        ChangeLog changeLog = platform.changes();
        SiteTime time = platform.time();
        this.notices = notices;
        this.feePercent = config.feePercent();
        this.calendar = new CalendarStore(paidOnArrival ? PaymentWay.ON_ARRIVAL : PaymentWay.ONLINE);
        this.claims = new NightClaimStore(changeLog);
        RefundStore refunds = new RefundStore();
        Settlement settlement = new Settlement(refunds, ledger, time, config.feePercent());
        OrderNotices orderNotices = new OrderNotices(notices);
        StayChangeQuotes quotes = new StayChangeQuotes(calendar, time);
        StayChangeNotices changeNotices = new StayChangeNotices(notices);
        StayChangeSteps steps = new StayChangeSteps(claims, settlement, quotes, changeNotices, time, config);
        OrderChanges changes = new OrderChanges(orders, claims, settlement, orderNotices, steps, time, config);
        this.stayChanges = new StayChanges(
                database,
                orders,
                changes,
                claims,
                new StayChanges.StayChangeParts(quotes, steps, changeNotices, config),
                platform.limits(),
                time);
        this.placeBooking =
                new PlaceBooking(database, calendar, claims, changes, new Holds(platform.limits(), time), keys, time);
        this.answerBooking = new AnswerBooking(database, changes);
        this.cancelBooking = new CancelBooking(database, orders, changes, time);
        DepositClaimStore claimStore = new DepositClaimStore();
        DepositClaimNotices claimNotices = new DepositClaimNotices(notices);
        DepositClaimChanges claimChanges = new DepositClaimChanges(claimStore, refunds, ledger, claimNotices, time);
        this.depositClaims =
                new DepositClaims(database, orders, changes, claimStore, claimChanges, refunds, claimNotices, time);
        this.closeStay = new CloseStay(database, orders, changes, claimChanges, time);
        this.reviews = new ReviewStay.Reviews(reviews, new GuestReviewStore(), config.reviews());
        this.reviewStay = new ReviewStay(database, changeLog, orders, changes, this.reviews, notices, time);
        this.changeCalendar = new ChangeCalendar(database, calendar, claims, changeLog, time);
        this.dueOrders = new DueOrders(database, orders, changes, time);
        this.payments = new OrderPayments(
                orders,
                claims,
                changes,
                settlement,
                new ChangePayments(changes, steps, settlement, orderNotices),
                orderNotices,
                time);
    }

    /** For a command that acts in the place of guests and hosts. */
    public OnBehalf onBehalf() {
        return new OnBehalf(this);
    }

    /** What becomes of orders by the passing of time. */
    public DueOrders dueOrders() {
        return dueOrders;
    }

    /** The clock's work on claims on deposits; returns on how many it did something. */
    int runDueClaims() {
        return depositClaims.runDue();
    }

    /** The clock's work on changes of orders; returns how many it ended. */
    int runDueChanges() {
        return stayChanges.runDue();
    }

    /** What payment needs. */
    public OrderPayments payments() {
        return payments;
    }
}
