package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search, calendar, quote and order hold dates against one window, also when the day changes. */
final class BookingWindowTest {
    private static final LocalDate LAST = Market.TODAY.plusMonths(24);

    private Market market;
    private ApiClient anybody;
    private long house;

    @BeforeEach
    void open() {
        market = new Market();
        anybody = market.server.client();
        house = market.instantHouse();
    }

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void allFourAgreeOnEveryDate() {
        LocalDate today = Market.TODAY;
        for (LocalDate night : List.of(
                LocalDate.parse("0001-01-01"),
                LocalDate.parse("2020-01-01"),
                today.minusDays(1),
                today,
                today.plusDays(1),
                LAST.minusDays(1),
                LAST,
                LAST.plusDays(1),
                LocalDate.parse("2199-12-31"),
                LocalDate.parse("9999-12-31"))) {
            boolean within = !night.isBefore(today) && night.isBefore(LAST);
            // Equal dates are one night: the day after the last one of all has no four-digit year.
            String dates = "sd=" + night + "&ed=" + night;
            assertThat(found(dates)).as(dates).isEqualTo(within);
            assertThat(found("guests=1&" + dates)).as("filtered, " + dates).isEqualTo(within);
            assertThat(found("sd=" + night)).as("sd=" + night).isEqualTo(within);
            String quote = "/houses/" + house + "/quote?start_date=" + night + "&end_date=" + night;
            assertThat(anybody.get(quote).errno()).as(quote).isEqualTo(within ? "0" : "4103");
            assertThat(Market.book(market.guest, house, night, night).errno()).isEqualTo(within ? "0" : "4103");
            if (within) {
                assertThat(isFree(night)).as("the night that was just booked").isFalse();
                market.server.sql("delete from night_claim");
                market.server.sql("update orders set status = 'CANCELED', deadline = null, ended_by = 'CLOCK'");
            }
        }
        assertThat(found("ed=" + today)).as("the night before").isFalse();
        assertThat(found("ed=" + today.plusDays(1))).isTrue();
        assertThat(found("sd=" + LAST.minusDays(2) + "&ed=" + LAST)).isTrue();
        assertThat(found("sd=" + LAST.minusDays(2) + "&ed=" + LAST.plusDays(1))).isFalse();
    }

    @Test
    void calendarsEndWhereBookingEnds() {
        for (ApiClient who : List.of(anybody, market.host)) {
            String path = who == anybody ? "/houses/" : "/user/houses/";
            for (String from :
                    List.of("9999-12-31", "9999-12-01", LAST.plusDays(1).toString(), "2020-01-01")) {
                Reply refused = who.get(path + house + "/calendar?from=" + from);
                assertThat(refused.errno()).as(path + from).isEqualTo("4103");
                assertThat(refused.text()).contains("from");
            }
            who.get(path + house + "/calendar?from=" + LAST).expect("0");
            who.get(path + house + "/calendar?from=" + Market.TODAY.minusDays(31))
                    .expect("0");
        }
        assertThat(isFree(LAST.minusDays(1))).isTrue();
        assertThat(isFree(LAST)).isFalse();
        assertThat(isFree(Market.TODAY.minusDays(1))).isFalse();
    }

    /** The answer is asked for so often that it is kept, and would be for a day. */
    @Test
    void aKeptAnswerEndsWithTheDay() {
        market.close();
        market = new Market(Map.of("IHOME_CACHE_LISTS", "1d"));
        house = market.instantHouse();
        market.server.advance(Duration.ofMinutes(11 * 60 + 59));
        String tomorrow = keptAs(Market.TODAY.plusDays(1), Market.TODAY.plusDays(2));
        String later = keptAs(LAST.minusDays(1), LAST.plusDays(1));
        for (int i = 0; i < 5; i++) {
            assertThat(foundKept(tomorrow)).isTrue();
            assertThat(foundKept(later)).isFalse();
        }
        market.server.advance(Duration.ofMinutes(1));
        assertThat(foundKept(tomorrow)).isTrue();
        assertThat(foundKept(later)).isTrue();
        market.server.advance(Duration.ofHours(22));
        assertThat(foundKept(tomorrow)).isFalse();
    }

    @Test
    void nobodyFindsTonightOnceItIsTooLate() throws Exception {
        market.server.advance(Duration.ofMinutes(9 * 60 + 50));
        for (int round = 0; round < 5; round++) {
            LocalDate day = LocalDate.ofInstant(market.server.clock().instant(), ZoneId.of("Asia/Shanghai"));
            String search = keptAs(day, day.plusDays(1));
            for (int i = 0; i < 3; i++) {
                assertThat(foundKept(search)).isTrue();
            }
            AtomicBoolean changed = new AtomicBoolean();
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tasks.add(() -> {
                    boolean late = false;
                    for (int n = 0; n < 60; n++) {
                        boolean tooLate = changed.get();
                        boolean found = foundKept(search);
                        late |= tooLate && found;
                    }
                    return late;
                });
            }
            tasks.add(() -> {
                for (int i = 0; i < 10; i++) {
                    foundKept(search);
                }
                market.server.advance(Duration.ofMinutes(10));
                changed.set(true);
                return false;
            });
            assertThat(Market.together(tasks)).doesNotContain(true);
            assertThat(foundKept(search)).isFalse();
            market.server.advance(Duration.ofMinutes(23 * 60 + 50));
        }
    }

    private static String keptAs(LocalDate from, LocalDate until) {
        return "sd=" + from + "&ed=" + until + "&aid=1&sk=new&p=1";
    }

    /**
     * Asks in the very bytes that are answered from what is kept, before any code of search is run: the target that
     * answers are kept under, and no unusual header.
     */
    private boolean foundKept(String search) {
        try (RawConnection client = RawConnection.to(market.server.port())) {
            String body = client.send("GET /api/v1.0/houses?" + search + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer()
                    .body();
            assertThat(body).contains("\"errno\":\"0\"");
            return body.contains("\"house_id\":" + house + ",");
        }
    }

    private boolean found(String search) {
        Reply reply = anybody.get("/houses?" + search).expect("0");
        assertThat(reply.data().path("total_page").asLong())
                .isEqualTo(reply.data().path("houses").isEmpty() ? 0 : 1);
        return !reply.data().path("houses").isEmpty();
    }

    private boolean isFree(LocalDate night) {
        return anybody.get("/houses/" + house + "/calendar?from=" + night + "&to=" + night)
                .expect("0")
                .data()
                .path("nights")
                .get(0)
                .path("free")
                .asBoolean();
    }
}
