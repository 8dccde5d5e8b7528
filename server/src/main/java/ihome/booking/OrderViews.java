package ihome.booking;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.Charge;
import ihome.pricing.Guests;
import ihome.review.Rating;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How orders look on the wire (API contract, orders). Money is fen. */
final class OrderViews {
    private final PictureLibrary pictures;
    private final SiteTime time;
    private final BookingConfig config;
    private final ReviewViews reviews;

    OrderViews(PictureLibrary pictures, SiteTime time, BookingConfig config, ReviewViews reviews) {
        this.pictures = pictures;
        this.time = time;
        this.config = config;
        this.reviews = reviews;
    }

    /**
     * A line of the list.
     *
     * @param amount what the stay costs without the deposit
     * @param expireTime until when the side whose turn it is has to act; null when no clock runs
     * @param payment {@link PaymentWay}
     * @param comment the guest's; of a rejected or cancelled order the reason; empty when there is neither
     * @param reply the host's answer to the comment; empty when there is none
     * @param total amount and deposit
     * @param ended null when it was neither rejected nor cancelled
     */
    record ListedOrder(
            long orderId,
            long houseId,
            String title,
            String address,
            String imgUrl,
            String guestName,
            String startDate,
            String endDate,
            String ctime,
            int days,
            long amount,
            String status,
            @Nullable String expireTime,
            String payment,
            String comment,
            @Nullable Integer stars,
            String reply,
            long total,
            @Nullable EndView ended,
            List<ReturnedView> refunds,
            Guests guests,
            StayChangeViews.@Nullable OpenView openChange,
            @JsonUnwrapped ReviewViews.RatingView rating) {}

    /**
     * Who ended an order, and what it waited for then.
     *
     * @param by {@code guest}, {@code host}, or {@code clock} when the time ran out
     * @param noShow whether the host said that the guest never came
     */
    record EndView(String by, String fromStatus, String time, boolean noShow) {}

    /** @param doneTime when the provider had it; null while it is under way */
    record ReturnedView(
            String why,
            long lodging,
            long deposit,
            long total,
            String state,
            String time,
            @Nullable String doneTime) {}

    record ChangeView(
            String time, String who, @Nullable String fromStatus, String toStatus, String action, String reason) {}

    record RefundView(long daysBefore, int share, long lodging, long deposit, long total) {}

    /** Everything about one order, for its guest and its host. */
    record FullOrder(
            long orderId,
            long houseId,
            String title,
            String address,
            String imgUrl,
            String role,
            String startDate,
            String endDate,
            int days,
            List<PriceViews.LineView> lines,
            long amount,
            long deposit,
            long total,
            String status,
            String cancellationPolicy,
            List<PriceViews.TermView> refundTerms,
            String ctime,
            @Nullable String expireTime,
            String payment,
            String reason,
            List<ChangeView> history,
            @Nullable EndView ended,
            List<ReturnedView> refunds,
            @Nullable ArrivalInfo arrival,
            String checkInFrom,
            @Nullable String checkInUntil,
            String checkOutBy,
            String rules,
            Guests guests,
            @Nullable String depositReturnTime,
            List<DepositClaimViews.ClaimView> claims,
            List<StayChangeViews.ChangeView> changes,
            @JsonUnwrapped ReviewViews.RatingView rating,
            @JsonUnwrapped ReviewViews.StayReviews reviews,
            OccupantsView occupants) {}

    /**
     * How far the guest is with naming who stays.
     *
     * @param required whether the guest learns how to get in only once it is complete
     * @param needed adults and children; infants may be named as well
     */
    record OccupantsView(boolean required, int needed, int given, boolean complete) {}

    ReviewViews reviews() {
        return reviews;
    }

    /** @param guests what hosts gave them, by their ids */
    ListedOrder listed(
            OrderStore.Listed listed,
            List<RefundStore.Returned> refunds,
            StayChangeViews.@Nullable OpenView change,
            Map<Long, Rating> guests) {
        Order order = listed.order();
        String comment = listed.comment() != null ? listed.comment() : order.reason();
        String reply = listed.reply();
        Instant until = order.openUntil(time.zone());
        OrderStatus status = order.statusNow(time);
        return new ListedOrder(
                order.id(),
                order.house(),
                order.title(),
                order.sold().address(),
                picture(order),
                listed.guestName(),
                order.stay().start().toString(),
                order.stay().end().toString(),
                time.format(order.createdAt()),
                order.stay().nights(),
                order.lodging().fen(),
                status.name(),
                until == null || status != order.status() ? null : time.format(until),
                order.paymentWay().name(),
                comment == null ? "" : comment,
                listed.stars(),
                reply == null ? "" : reply,
                order.total().fen(),
                ended(order, status, listed.end()),
                refunds.stream().map(this::returned).toList(),
                order.guests(),
                change,
                reviews.rating(order, guests));
    }

    /** The clock may have ended an order without anybody having written that down yet. */
    private @Nullable EndView ended(Order order, OrderStatus status, OrderStore.@Nullable End end) {
        if (status != OrderStatus.REJECTED && status != OrderStatus.CANCELED) {
            return null;
        }
        if (status != order.status()) {
            Instant until = order.openUntil(time.zone());
            return ended(new OrderStore.End(until == null ? time.now() : until, Party.CLOCK, order.status()), false);
        }
        return end == null ? null : ended(end, order.noShow());
    }

    private EndView ended(OrderStore.End end, boolean noShow) {
        OrderStatus from = end.from();
        return new EndView(
                end.by().name().toLowerCase(Locale.ROOT),
                from == null ? OrderStatus.WAIT_ACCEPT.name() : from.name(),
                time.format(end.at()),
                noShow);
    }

    private ReturnedView returned(RefundStore.Returned refund) {
        Instant done = refund.doneAt();
        return new ReturnedView(
                refund.why().name(),
                refund.lodging().fen(),
                refund.deposit().fen(),
                refund.lodging().plus(refund.deposit()).fen(),
                done == null ? "PENDING" : "DONE",
                time.format(refund.createdAt()),
                done == null ? null : time.format(done));
    }

    private static OrderStore.@Nullable End end(OrderStatus status, List<OrderStore.Change> history) {
        return history.reversed().stream()
                .filter(change -> change.to() == status)
                .findFirst()
                .map(change -> new OrderStore.End(change.at(), change.party(), change.from()))
                .orElse(null);
    }

    FullOrder full(
            Order order,
            Party role,
            List<OrderLineStore.Night> nights,
            List<Charge> charges,
            List<OrderStore.Change> history,
            List<RefundStore.Returned> refunds,
            @Nullable ArrivalInfo arrival,
            @Nullable DepositClaim claim,
            List<StayChangeViews.ChangeView> changes,
            ReviewViews.RatingView rating,
            ReviewViews.StayReviews said,
            OccupantsView occupants) {
        String reason = order.reason();
        Instant until = order.openUntil(time.zone());
        LocalTime checkInUntil = order.sold().times().checkInUntil();
        OrderStatus status = order.statusNow(time);
        return new FullOrder(
                order.id(),
                order.house(),
                order.title(),
                order.sold().address(),
                picture(order),
                role == Party.HOST ? "landlord" : "custom",
                order.stay().start().toString(),
                order.stay().end().toString(),
                order.stay().nights(),
                Stream.concat(
                                nights.stream()
                                        .map(line -> PriceViews.LineView.night(
                                                line.night(), line.price().fen())),
                                charges.stream().map(PriceViews.LineView::of))
                        .toList(),
                order.lodging().fen(),
                order.deposit().fen(),
                order.total().fen(),
                status.name(),
                order.policy().wire(),
                PriceViews.terms(order.policy()),
                time.format(order.createdAt()),
                until == null ? null : time.format(until),
                order.paymentWay().name(),
                reason == null ? "" : reason,
                history.stream().map(change -> change(order, change)).toList(),
                ended(order, status, end(status, history)),
                refunds.stream().map(this::returned).toList(),
                arrival,
                order.sold().times().checkInFrom().toString(),
                checkInUntil == null ? null : checkInUntil.toString(),
                order.sold().times().checkOutBy().toString(),
                order.sold().rules(),
                order.guests(),
                depositReturn(order, refunds),
                claim == null ? List.of() : List.of(DepositClaimViews.of(claim, time)),
                changes,
                rating,
                said,
                occupants);
    }

    OccupantsView occupants(Order order, int given) {
        int needed = order.guests().counted();
        return new OccupantsView(config.occupants().required(), needed, given, given >= needed);
    }

    /** When the deposit goes back by itself; null when it does not wait for that. */
    private @Nullable String depositReturn(Order order, List<RefundStore.Returned> refunds) {
        if (order.due(time) == OrderAction.FINISH) { // not written down yet, as the refund
            boolean held =
                    order.paymentWay() == PaymentWay.ONLINE && !order.deposit().equals(Money.ZERO);
            Instant back = order.schedule(time.zone()).departure().plus(config.deposit());
            return held && back.isAfter(time.now()) ? time.format(back) : null;
        }
        return refunds.stream()
                .map(RefundStore.Returned::waitsUntil)
                .filter(until -> until != null && until.isAfter(time.now()))
                .findFirst()
                .map(time::format)
                .orElse(null);
    }

    private String picture(Order order) {
        String main = order.sold().mainImage();
        return main == null ? "" : pictures.url(PictureKey.parse(main), Rendition.LIST);
    }

    private ChangeView change(Order order, OrderStore.Change change) {
        String reason = change.action() == OrderAction.PAY ? null : change.reason();
        boolean noShow = order.noShow() && change.to() == OrderStatus.CANCELED;
        OrderAction action = noShow ? OrderAction.NO_SHOW : change.action();
        return new ChangeView(
                time.format(change.at()),
                change.party().name().toLowerCase(Locale.ROOT),
                change.from() == null ? null : change.from().name(),
                change.to().name(),
                action.name().toLowerCase(Locale.ROOT),
                reason == null ? "" : reason);
    }

    static RefundView refund(Refund refund) {
        return new RefundView(
                refund.daysBefore(),
                refund.share(),
                refund.lodging().fen(),
                refund.deposit().fen(),
                refund.total().fen());
    }
}
