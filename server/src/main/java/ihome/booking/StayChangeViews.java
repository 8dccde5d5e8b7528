package ihome.booking;

import ihome.platform.time.SiteTime;
import ihome.pricing.Charge;
import ihome.pricing.Guests;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How changes of orders look on the wire. Money is fen. */
final class StayChangeViews {
    private final StayChangeStore store = new StayChangeStore();
    private final OrderLineStore lines = new OrderLineStore();
    private final SiteTime time;

    StayChangeViews(SiteTime time) {
        this.time = time;
    }

    /**
     * @param amount what the changed stay costs without the deposit
     * @param refund what would go back if it were accepted today
     * @param free whether the new nights can be had
     */
    record PreviewView(
            String startDate,
            String endDate,
            int days,
            Guests guests,
            List<PriceViews.LineView> lines,
            long amount,
            long difference,
            long refund,
            boolean free) {}

    /**
     * @param askedBy the side that wants it
     * @param lines of an open one; empty once it is closed
     * @param refund what went back, or would if it were accepted now
     * @param expireTime null once it is closed
     */
    record ChangeView(
            long changeId,
            String askedBy,
            String startDate,
            String endDate,
            int days,
            Guests guests,
            List<PriceViews.LineView> lines,
            long amount,
            long difference,
            long refund,
            String status,
            String ctime,
            @Nullable String expireTime,
            @Nullable String closedBy,
            @Nullable String closeTime) {}

    /**
     * Of an order in a list: that somebody has to answer or pay a change of it.
     *
     * @param askedBy the side that wants it
     */
    record OpenView(long changeId, String askedBy, String status, String expireTime) {}

    static PreviewView preview(Order order, ChangedStay to, boolean free, LocalDate today) {
        return new PreviewView(
                to.stay().start().toString(),
                to.stay().end().toString(),
                to.stay().nights(),
                to.guests(),
                PriceViews.lines(to.stay().start(), to.price()),
                to.lodging().fen(),
                to.difference().fen(),
                Refund.ofChange(order, to.difference(), today).lodging().fen(),
                free);
    }

    /** Those of an order, the newest first. */
    List<ChangeView> all(Handle tx, Order order) {
        return store.of(tx, order.id()).stream()
                .map(change -> of(tx, order, change))
                .toList();
    }

    /** The open ones of some orders, by order. */
    Map<Long, OpenView> open(Handle tx, Collection<Long> orders) {
        Map<Long, OpenView> views = new HashMap<>();
        store.open(tx, orders).forEach((order, written) -> {
            StayChange change = written.asOf(time.now());
            if (change.dueAt() != null) {
                views.put(
                        order,
                        new OpenView(
                                change.id(),
                                wire(change.askedBy()),
                                change.status().name(),
                                time.format(change.dueAt())));
            }
        });
        return views;
    }

    /** @param order as it was before the change was done */
    ChangeView of(Handle tx, Order order, StayChange written) {
        StayChange change = written.asOf(time.now());
        StayChange.Close close = change.close();
        return new ChangeView(
                change.id(),
                wire(change.askedBy()),
                change.stay().start().toString(),
                change.stay().end().toString(),
                change.stay().nights(),
                change.guests(),
                change.status().isOpen() ? lines(tx, change) : List.of(),
                change.lodging().fen(),
                change.difference().fen(),
                refund(order, change),
                change.status().name(),
                time.format(change.createdAt()),
                change.dueAt() == null ? null : time.format(change.dueAt()),
                close == null ? null : wire(close.by()),
                close == null ? null : time.format(close.at()));
    }

    private long refund(Order order, StayChange change) {
        return change.status() == StayChangeStatus.WAIT_ANSWER
                ? Refund.ofChange(order, change.difference(), change.refundDay(time))
                        .lodging()
                        .fen()
                : change.returned().fen();
    }

    private List<PriceViews.LineView> lines(Handle tx, StayChange change) {
        List<Charge> charges = lines.chargesOfChange(tx, change.id());
        return Stream.concat(
                        lines.nightsOfChange(tx, change.id()).stream()
                                .map(line -> PriceViews.LineView.night(
                                        line.night(), line.price().fen())),
                        charges.stream().map(PriceViews.LineView::of))
                .toList();
    }

    private static String wire(Party party) {
        return party.name().toLowerCase(Locale.ROOT);
    }
}
