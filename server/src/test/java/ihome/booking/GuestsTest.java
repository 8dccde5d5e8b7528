package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.pricing.Guests;
import ihome.stay.Stay;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who comes: asked for by quote and order, held against the house's capacity, priced, and kept on the order. */
class GuestsTest {
    private static final String ONE_ADULT = "{\"adults\":1,\"children\":0,\"infants\":0}";

    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static Reply book(long house, String guests) {
        return book(market.guest, house, guests);
    }

    private static Reply book(ApiClient guest, long house, String guests) {
        LocalDate night = Market.TODAY.plusDays(3);
        return guest.post(
                "/orders",
                "{\"house_id\": %d, \"start_date\": \"%s\", \"end_date\": \"%s\", \"guests\": %s}"
                        .formatted(house, night, night.plusDays(2), guests));
    }

    private static Reply quote(long house, String query) {
        LocalDate night = Market.TODAY.plusDays(3);
        return market.server
                .client()
                .get("/houses/" + house + "/quote?start_date=" + night + "&end_date=" + night.plusDays(2) + query);
    }

    /** Nothing new is required: a client that says nothing books for one adult, and is asked for nothing more. */
    @Test
    void whoSaysNothingComesAlone() {
        long house = market.house(Map.of("capacity", 1, "base_guests", 1, "extra_guest_fee", 50));
        JsonNode quote = quote(house, "").expect("0").data();
        assertThat(quote.path("guests").toString()).isEqualTo(ONE_ADULT);
        assertThat(quote.path("amount").asLong()).isEqualTo(2 * 38_800);
        long order = Market.order(Market.book(market.guest, house, Market.TODAY.plusDays(3), Market.TODAY.plusDays(5)));
        assertThat(market.shown(order).path("guests").toString()).isEqualTo(ONE_ADULT);
        Market.act(market.guest, order, "cancel").expect("0");
        for (String nothing : new String[] {"null", "{}", "{\"adults\": null, \"dogs\": 2}"}) {
            long same = Market.order(book(house, nothing));
            assertThat(market.shown(same).path("guests").toString()).isEqualTo(ONE_ADULT);
            Market.act(market.guest, same, "cancel").expect("0");
        }
    }

    /** Protection: the look at the capacity in Quote.check. Infants need no bed and cost nothing. */
    @Test
    void moreThanTheHouseHasRoomForAreRefused() {
        long house = market.house(Map.of("capacity", 3, "instant_booking", true));
        for (String tooMany : new String[] {"{\"adults\": 4}", "{\"adults\": \"2\", \"children\": 2}"}) {
            book(house, tooMany).expectBadField("guests", "该房屋最多入住 3 人（婴幼儿不计）");
        }
        quote(house, "&adults=3&children=1").expectBadField("guests", "该房屋最多入住 3 人（婴幼儿不计）");
        assertThat(market.claimed(house)).isEmpty();
        assertThat(quote(house, "&adults=2&children=1&infants=4")
                        .expect("0")
                        .data()
                        .path("guests")
                        .toString())
                .isEqualTo("{\"adults\":2,\"children\":1,\"infants\":4}");
        Market.order(book(house, "{\"adults\": 2, \"children\": 1, \"infants\": 4}"));
    }

    @ParameterizedTest
    @CsvSource({
        "adults,0",
        "adults,101",
        "adults,-1",
        "adults,1.5",
        "adults,x",
        "children,-1",
        "children,101",
        "infants,101",
        "infants,99999999999"
    })
    void everyNumberIsBounded(String name, String value) {
        long house = market.house(Map.of("capacity", 100));
        book(house, "{\"" + name + "\": \"" + value + "\"}").expectBadField("guests." + name);
        quote(house, "&" + name + "=" + value).expectBadField(name);
        assertThat(market.claimed(house)).isEmpty();
    }

    /** Two nights for two adults and two children, two of them included: by hand, and kept when the host edits. */
    @Test
    void guestsAboveTheIncludedOnesPayForEachNight() {
        long house = market.house(Map.of("base_guests", 2, "extra_guest_fee", "50.5"));
        JsonNode quote =
                quote(house, "&adults=2&children=2&infants=1").expect("0").data();
        assertThat(quote.path("lines").get(2).toString()).isEqualTo("{\"kind\":\"EXTRA_GUEST\",\"price\":20200}");
        assertThat(quote.path("amount").asLong()).isEqualTo(2 * 38_800 + 2 * 2 * 5_050);
        long order = Market.order(book(house, "{\"adults\": 2, \"children\": 2, \"infants\": 1}"));
        market.host
                .put("/houses/" + house, "{\"capacity\": 1, \"base_guests\": null, \"extra_guest_fee\": 1}")
                .expect("0");
        JsonNode shown = market.shown(order);
        assertThat(shown.path("lines")).isEqualTo(quote.path("lines"));
        assertThat(shown.path("guests")).isEqualTo(quote.path("guests"));
        JsonNode listed = market.host
                .get("/user/orders?role=landlord")
                .expect("0")
                .data()
                .path("orders")
                .get(0);
        assertThat(listed.path("guests")).isEqualTo(quote.path("guests"));
        JsonNode copy = market.guest
                .get("/user/export")
                .expect("0")
                .data()
                .path("orders_as_guest")
                .get(0);
        assertThat(copy.path("adults").asInt()).isEqualTo(2);
        assertThat(copy.path("children").asInt()).isEqualTo(2);
        assertThat(copy.path("infants").asInt()).isEqualTo(1);
    }

    /** Protection: the guests in PlaceBooking.Command.text; without them the key of two would answer the order of one. */
    @Test
    void anIdempotencyKeyStandsForItsGuestsToo() {
        long house = market.house(Map.of("instant_booking", true));
        ApiClient client =
                market.server.client().session(market.guest.session()).with("Idempotency-Key", "guests-" + house);
        long order = Market.order(book(client, house, "{\"adults\": 2}"));
        assertThat(Market.order(book(client, house, "{\"adults\": \"2\", \"infants\": null}")))
                .isEqualTo(order);
        book(client, house, "{\"adults\": 3}").expect("4201");
        book(client, house, "null").expect("4201");
    }

    /** On the day 60 before arrival the early bird's discount is given, a day later no more; the last minute's from 1 on. */
    @Test
    void whatIsBookedEarlyOrLateIsCheaperFromItsDayOn() {
        long house = market.house(Map.of(
                "early_bird", Map.of("days", 60, "percent", 20), "last_minute", Map.of("days", 1, "percent", 50)));
        assertThat(discount(house, 61)).isEqualTo("early_bird 20");
        assertThat(discount(house, 60)).isEqualTo("early_bird 20");
        assertThat(discount(house, 59)).isEmpty();
        assertThat(discount(house, 2)).isEmpty();
        assertThat(discount(house, 1)).isEqualTo("last_minute 50");
        assertThat(discount(house, 0)).isEqualTo("last_minute 50");
    }

    private static String discount(long house, int daysAhead) {
        LocalDate night = Market.TODAY.plusDays(daysAhead);
        JsonNode last = market.server
                .client()
                .get("/houses/" + house + "/quote?start_date=" + night + "&end_date=" + night.plusDays(1))
                .expect("0")
                .data()
                .path("lines")
                .get(1);
        return last == null
                ? ""
                : last.path("discount").asString() + " " + last.path("percent").asInt();
    }

    /** What the version before has written, and writes while it runs beside this one, is read as one adult without rules. */
    @Test
    void ordersOfTheVersionBeforeAreOfOneAdult() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("32");
            execute(database, """
                    insert into account (name, mobile, created_at) values
                        ('h', '13900000000', now()), ('g', '13900000001', now())
                    """);
            houseAndOrderOfTheVersionBefore(database, 1);
            database.schema().migrate();
            houseAndOrderOfTheVersionBefore(database, 2);
            database.withConnection(tx -> {
                for (long order = 1; order <= 2; order++) {
                    Order found = new OrderStore().find(tx, order).orElseThrow();
                    assertThat(found.guests()).isEqualTo(Guests.ONE_ADULT);
                    assertThat(found.lodging().fen()).isEqualTo(100);
                }
                for (long house = 1; house <= 2; house++) {
                    Quote quote = new CalendarStore(PaymentWay.ONLINE)
                            .quote(
                                    tx,
                                    house,
                                    new Stay(Market.TODAY, Market.TODAY.plusDays(8)),
                                    new Guests(2, 2, 0),
                                    Market.TODAY)
                            .orElseThrow();
                    assertThat(quote.lodging().fen()).isEqualTo(8 * 100);
                }
                return null;
            });
            assertThat(LedgerCheck.run(database).findings()).isEmpty();
        }
    }

    private static void houseAndOrderOfTheVersionBefore(Database database, int number) {
        execute(database, """
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, created_at)
                values (1, 'house', 100, 1, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, now())
                """);
        execute(database, """
                with placed as (
                    insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                        cancellation_policy, deadline, created_at, title, address, check_in_from,
                                        check_out_by, rules)
                    select id, 2, 1, date '2026-06-02', date '2026-06-03', 100, 0, 'WAIT_ACCEPT', 'flexible', now(), now(),
                           title, address, time '15:00', time '11:00', ''
                    from house where id = %d returning id, start_date)
                insert into order_line (order_id, night, price) select id, start_date, 100 from placed
                """.formatted(number));
    }

    private static void execute(Database database, String sql) {
        var _ = database.withConnection(handle -> handle.execute(sql));
    }
}
