package ihome.booking;

import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
import ihome.platform.money.Money;
import ihome.pricing.Guests;
import ihome.pricing.HousePrices;
import ihome.pricing.NightPriceRow;
import ihome.pricing.PriceRules;
import ihome.pricing.PriceRulesRow;
import ihome.pricing.Season;
import ihome.pricing.SeasonRow;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import ihome.stay.Stay;
import ihome.stay.StayLength;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of prices and of the calendar. What a night or a stay costs is computed by {@link HousePrices} alone. */
final class CalendarStore {
    private static final String TERMS =
            """
            select h.id, h.owner_id, h.title, h.address, h.main_image, h.capacity, h.min_days, h.max_days, h.instant_booking,
                   h.cancellation_policy, h.check_in_from, h.check_in_until, h.check_out_by, h.rules, %s,
                   %s, %s
            """.formatted(PriceRulesRow.COLUMNS, SeasonRow.ALL_OF_HOUSE, NightPriceRow.OF_STAY);
    private static final String OF_ANY = " from house h where h.id = ?";
    private static final String OF = OF_ANY + " and h.published";
    private static final String QUOTE = TERMS + OF;
    private static final String OFFER = TERMS + ", nextval('orders_id_seq') as next_order" + OF;

    private final PaymentWay paymentWay;

    /** @param paymentWay how what is booked from now on will be paid */
    CalendarStore(PaymentWay paymentWay) {
        this.paymentWay = paymentWay;
    }

    /** @param order the id of the order that will be placed on it; of no other one */
    record Offer(Quote quote, long order) {}

    /**
     * A night as everybody sees it.
     *
     * @param minDays nights of a stay that begins with it
     */
    record Night(
            LocalDate night,
            boolean claimed,
            Money price,
            boolean instantBooking,
            HouseTimes times,
            int minDays,
            boolean closedToArrival,
            boolean closedToDeparture) {}

    /**
     * A night as its host sees it.
     *
     * @param kind what claims it ({@code ORDER}, {@code HOLD}, {@code BLOCK}, {@code IMPORT}); null when it is free
     * @param special the night has a price of its own
     */
    record HostNight(
            LocalDate night,
            @Nullable String kind,
            @Nullable Long order,
            @Nullable OrderStatus orderStatus,
            Money price,
            boolean special) {}

    record HouseOfHost(long owner, Money price, boolean published) {
        /**
         * Fails with {@link BookingProblem#NOT_THE_OWNER} for others; a house that was taken down is not there for them
         * ({@link BookingProblem#NO_SUCH_HOUSE}).
         */
        void check(long account) {
            if (owner != account) {
                throw (published ? BookingProblem.NOT_THE_OWNER : BookingProblem.NO_SUCH_HOUSE).exception();
            }
        }
    }

    /**
     * What a stay costs now; house and prices as of one moment. Empty when no such house is published.
     *
     * @param today the day of booking, in the site's zone
     */
    Optional<Quote> quote(Handle tx, long house, Stay stay, Guests guests, LocalDate today) {
        return JdbcStatements.first(
                tx,
                QUOTE,
                row -> quote(row, stay, guests, today, Map.of()),
                new JdbcStatements.Dates(stay.dates()),
                stay.start(),
                stay.end(),
                house);
    }

    /** As {@link #quote}, for who means to book; known once the statements are sent. */
    Supplier<Optional<Offer>> offer(
            StatementPipeline statements, long house, Stay stay, Guests guests, LocalDate today) {
        return statements.first(
                OFFER,
                row -> new Offer(quote(row, stay, guests, today, Map.of()), row.getLong("next_order")),
                new JdbcStatements.Dates(stay.dates()),
                stay.start(),
                stay.end(),
                house);
    }

    /**
     * As {@link #quote}, of a house that an order is for, published or not.
     *
     * @param sold nights whose price is settled
     */
    Optional<Quote> changed(
            Handle tx, long house, Stay stay, Guests guests, LocalDate bookedOn, Map<LocalDate, Money> sold) {
        return JdbcStatements.first(
                tx,
                TERMS + OF_ANY,
                row -> quote(row, stay, guests, bookedOn, sold),
                new JdbcStatements.Dates(stay.dates()),
                stay.start(),
                stay.end(),
                house);
    }

    private Quote quote(ResultSet row, Stay stay, Guests guests, LocalDate today, Map<LocalDate, Money> sold)
            throws SQLException {
        PriceRules rules = PriceRulesRow.of(row);
        HousePrices prices = new HousePrices(
                paymentWay == PaymentWay.ON_ARRIVAL ? rules.withoutDeposit() : rules, SeasonRow.all(row));
        return new Quote(
                row.getLong("id"),
                row.getLong("owner_id"),
                SoldRow.of(row),
                row.getInt("capacity"),
                new StayLength(prices.minDays(stay.start(), row.getInt("min_days")), row.getInt("max_days")),
                row.getBoolean("instant_booking"),
                CancellationPolicy.of(row.getString("cancellation_policy")).orElseThrow(),
                paymentWay,
                stay,
                guests,
                prices.season(stay.start()),
                prices.season(stay.end()),
                prices.stay(stay, ownOrSold(NightPriceRow.own(row), stay, sold), guests, today));
    }

    private static List<@Nullable Long> ownOrSold(List<@Nullable Long> own, Stay stay, Map<LocalDate, Money> sold) {
        if (sold.isEmpty()) {
            return own;
        }
        List<@Nullable Long> prices = new ArrayList<>(own);
        for (int i = 0; i < prices.size(); i++) {
            Money settled = sold.get(stay.start().plusDays(i));
            if (settled != null) {
                prices.set(i, settled.fen());
            }
        }
        return prices;
    }

    /** The nights of a range, in order; none when there is no such house, or it is taken down and not the viewer's. */
    List<Night> nights(Handle tx, long house, long viewer, Stay range) {
        return tx.createQuery("""
                        select cast(:start as date) + i as night, c.night is not null as claimed,
                               p.price as own_price, %s, h.instant_booking, h.check_in_from, h.check_in_until, h.check_out_by,
                               h.min_days, %s
                        from house h
                        cross join generate_series(0, :nights - 1) i
                        left join night_claim c on c.house_id = h.id and c.night = cast(:start as date) + i
                        left join night_price p on p.house_id = h.id and p.night = cast(:start as date) + i
                        left join house_season s on s.house_id = h.id and s.first_night <= cast(:start as date) + i
                                                    and s.end_date > cast(:start as date) + i
                        where h.id = :house and (h.published or h.owner_id = :viewer)
                        order by i
                        """.formatted(PriceRulesRow.COLUMNS, SeasonRow.COLUMNS))
                .bind("viewer", viewer)
                .bind("house", house)
                .bind("start", range.start())
                .bind("nights", range.nights())
                .map((row, _) -> {
                    LocalDate night = row.getObject("night", LocalDate.class);
                    HousePrices prices = prices(row);
                    Season season = prices.season(night);
                    return new Night(
                            night,
                            row.getBoolean("claimed"),
                            prices.night(night, own(row)),
                            row.getBoolean("instant_booking"),
                            SoldRow.times(row),
                            prices.minDays(night, row.getInt("min_days")),
                            season != null && season.closedToArrival(),
                            season != null && season.closedToDeparture());
                })
                .list();
    }

    /** The nights of a range with what takes them, in order; none when there is no such house. */
    List<HostNight> hostNights(Handle tx, long house, Stay range) {
        return tx.createQuery("""
                        select cast(:start as date) + i as night, c.kind, c.order_id, o.status as order_status,
                               p.price as own_price, %s, %s
                        from house h
                        cross join generate_series(0, :nights - 1) i
                        left join night_claim c on c.house_id = h.id and c.night = cast(:start as date) + i
                        left join orders o on o.id = c.order_id
                        left join night_price p on p.house_id = h.id and p.night = cast(:start as date) + i
                        left join house_season s on s.house_id = h.id and s.first_night <= cast(:start as date) + i
                                                    and s.end_date > cast(:start as date) + i
                        where h.id = :house
                        order by i
                        """.formatted(PriceRulesRow.COLUMNS, SeasonRow.COLUMNS))
                .bind("house", house)
                .bind("start", range.start())
                .bind("nights", range.nights())
                .map((row, _) -> {
                    String status = row.getString("order_status");
                    LocalDate night = row.getObject("night", LocalDate.class);
                    return new HostNight(
                            night,
                            row.getString("kind"),
                            row.getObject("order_id", Long.class),
                            status == null ? null : OrderStatus.valueOf(status),
                            prices(row).night(night, own(row)),
                            row.getObject("own_price") != null);
                })
                .list();
    }

    /** Of a row of one night: with the season of that night, if there is one. */
    private static HousePrices prices(ResultSet row) throws SQLException {
        Season season = SeasonRow.orNull(row);
        return new HousePrices(PriceRulesRow.of(row), season == null ? List.of() : List.of(season));
    }

    private static @Nullable Money own(ResultSet row) throws SQLException {
        Long own = row.getObject("own_price", Long.class);
        return own == null ? null : new Money(own);
    }

    Optional<HouseOfHost> houseOfHost(Handle tx, long house) {
        return tx.createQuery("select owner_id, price, published from house where id = :house")
                .bind("house", house)
                .map((row, _) -> new HouseOfHost(
                        row.getLong("owner_id"), new Money(row.getLong("price")), row.getBoolean("published")))
                .findOne();
    }

    /** From now on the nights of a range cost this; orders that exist keep their prices. */
    void setPrice(Handle tx, long house, Stay range, Money price) {
        tx.createUpdate("""
                        insert into night_price (house_id, night, price)
                        select :house, cast(:start as date) + i, :price from generate_series(0, :nights - 1) i order by i
                        on conflict (house_id, night) do update set price = excluded.price
                        """)
                .bind("house", house)
                .bind("start", range.start())
                .bind("nights", range.nights())
                .bind("price", price.fen())
                .execute();
    }

    /** The nights of a range cost the house's price again. */
    void resetPrice(Handle tx, long house, Stay range) {
        tx.createUpdate("delete from night_price where house_id = :house and night >= :start and night < :end")
                .bind("house", house)
                .bind("start", range.start())
                .bind("end", range.end())
                .execute();
    }
}
