package ihome.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import ihome.pricing.Charge;
import ihome.pricing.Discount;
import ihome.pricing.Guests;
import ihome.pricing.StayPrice;
import ihome.stay.CancellationPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How prices look on the wire: the quote, and what an order shows as the quote did. Money is fen. */
final class PriceViews {
    private PriceViews() {}

    /**
     * A line of a price.
     *
     * @param date of a night
     * @param discount why, of a discount
     * @param percent of a discount
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineView(
            String kind,
            @Nullable String date,
            long price,
            @Nullable String discount,
            @Nullable Integer percent) {
        static LineView night(LocalDate date, long price) {
            return new LineView("NIGHT", date.toString(), price, null, null);
        }

        static LineView of(Charge charge) {
            Discount discount = charge.discount();
            return new LineView(
                    charge.kind().name(),
                    null,
                    charge.amount().fen(),
                    discount == null ? null : discount.wire(),
                    discount == null ? null : charge.percent());
        }
    }

    record TermView(int daysBefore, int share) {}

    record QuoteView(
            long houseId,
            String startDate,
            String endDate,
            int days,
            List<LineView> lines,
            long amount,
            long deposit,
            long total,
            boolean free,
            boolean instantBooking,
            String payment,
            String cancellationPolicy,
            List<TermView> refundTerms,
            Guests guests) {}

    static QuoteView quote(Quote quote, boolean free) {
        return new QuoteView(
                quote.house(),
                quote.stay().start().toString(),
                quote.stay().end().toString(),
                quote.stay().nights(),
                lines(quote.stay().start(), quote.price()),
                quote.lodging().fen(),
                quote.deposit().fen(),
                quote.total().fen(),
                free,
                quote.instantBooking(),
                quote.paymentWay().name(),
                quote.policy().wire(),
                terms(quote.policy()),
                quote.guests());
    }

    /** Of a price whose first night is {@code start}. */
    static List<LineView> lines(LocalDate start, StayPrice price) {
        List<Long> nights = price.nights();
        return Stream.concat(
                        IntStream.range(0, nights.size())
                                .mapToObj(i -> LineView.night(start.plusDays(i), nights.get(i))),
                        price.charges().stream().map(LineView::of))
                .toList();
    }

    static List<TermView> terms(CancellationPolicy policy) {
        return policy.terms().stream()
                .map(term -> new TermView(term.daysBefore(), term.share()))
                .toList();
    }
}
