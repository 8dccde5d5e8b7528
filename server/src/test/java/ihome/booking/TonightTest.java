package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ApiClient;
import ihome.RawConnection;
import ihome.Reply;
import ihome.platform.redis.TestRedis;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Search, calendar, quote and order agree all day on who can still be booked for tonight: a house that waits for its
 * host's answer until 12:30, one that is booked instantly until 22:00. Also where a search's answer is kept.
 */
@SuppressWarnings("NullAway.Init") // each test opens its own market
@Tag("slow")
final class TonightTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime LAST_REQUEST = LocalTime.of(12, 30);
    private static final LocalTime LAST_INSTANT_BOOKING = LocalTime.of(22, 0);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private Market market;
    private ApiClient anybody;
    private long asking;
    private long instant;

    @Test
    void inMemory() {
        allAgree(Map.of());
    }

    @Test
    void inSql() {
        allAgree(Map.of("IHOME_SEARCH_INDEX", "off"));
    }

    @Test
    void inSqlWithNothingKept() {
        allAgree(Map.of("IHOME_SEARCH_INDEX", "off", "IHOME_CACHE_LISTS", "0s"));
    }

    @Test
    void keptInRedis() {
        try (TestRedis redis = TestRedis.start()) {
            allAgree(Map.of("IHOME_SEARCH_INDEX", "off", "IHOME_REDIS_URL", redis.url()));
        }
    }

    private void allAgree(Map<String, String> options) {
        try (Market opened = new Market(options)) {
            market = opened;
            anybody = market.server.client();
            asking = market.house();
            instant = market.instantHouse();
            if (!"off".equals(options.get("IHOME_SEARCH_INDEX"))) {
                market.server.awaitSearchIndex();
            }
            LocalDate today = Market.TODAY;
            for (LocalDate day : List.of(today, today.plusDays(1))) {
                for (LocalTime time : List.of(LAST_REQUEST, LAST_INSTANT_BOOKING)) {
                    agreeAt(day, time.minusMinutes(20), Duration.ZERO);
                    agreeAt(day, time, MILLISECOND.negated());
                    agreeAt(day, time, Duration.ZERO);
                    agreeAt(day, time, MILLISECOND);
                }
                agreeAt(day, LocalTime.MAX, Duration.ZERO);
                agreeAt(day.plusDays(1), LocalTime.MIDNIGHT, Duration.ZERO);
            }
        }
    }

    private void agreeAt(LocalDate day, LocalTime time, Duration off) {
        var moment = day.atTime(time).atZone(ZONE).toInstant().plus(off);
        market.server.advance(Duration.between(market.server.clock().instant(), moment));
        LocalTime now = time.plus(off);
        agree(asking, day, !now.isAfter(LAST_REQUEST), now);
        agree(instant, day, now.isBefore(LAST_INSTANT_BOOKING), now);
        // Once more: the orders have made void what was kept, and the next time is to meet kept answers.
        searchesAgree(asking, day, !now.isAfter(LAST_REQUEST), now);
        searchesAgree(instant, day, now.isBefore(LAST_INSTANT_BOOKING), now);
    }

    private void agree(long house, LocalDate today, boolean tonight, LocalTime now) {
        searchesAgree(house, today, tonight, now);
        String what = "house " + house + " at " + now;
        LocalDate tomorrow = today.plusDays(1);
        assertThat(reason(house, today)).as("%s: calendar", what).isEqualTo(tonight ? null : "too_late");
        assertThat(reason(house, tomorrow)).as("%s: calendar", what).isNull();
        String quote = "/houses/" + house + "/quote?start_date=" + today + "&end_date=" + tomorrow;
        assertThat(anybody.get(quote).errno()).as("%s: quote", what).isEqualTo(tonight ? "0" : "4103");
        Reply booked = Market.book(market.guest, house, today, tomorrow);
        assertThat(booked.errno()).as("%s: order", what).isEqualTo(tonight ? "0" : "4103");
        if (tonight) {
            assertThat(reason(house, today)).as("%s: calendar", what).isEqualTo("taken");
            Market.act(market.guest, Market.order(booked), "cancel").expect("0");
        }
    }

    private void searchesAgree(long house, LocalDate today, boolean tonight, LocalTime now) {
        String what = "house " + house + " at " + now;
        LocalDate tomorrow = today.plusDays(1);
        for (String dates : List.of(
                "sd=" + today + "&ed=" + tomorrow,
                "sd=" + today + "&ed=" + today.plusDays(4),
                "sd=" + today + "&ed=")) {
            String kept = dates + "&aid=1&sk=new&p=1";
            for (int i = 0; i < 3; i++) {
                assertThat(foundKept(kept, house)).as("%s: %s", what, kept).isEqualTo(tonight);
            }
        }
        assertThat(found("ed=" + tomorrow, house)).as(what).isEqualTo(tonight);
        assertThat(found("guests=1&sd=" + today, house))
                .as("%s, filtered", what)
                .isEqualTo(tonight);
        assertThat(foundKept("sd=" + tomorrow + "&ed=" + tomorrow.plusDays(2) + "&aid=1&sk=new&p=1", house))
                .as("%s: tomorrow", what)
                .isTrue();
        assertThat(found("aid=1", house)).as("%s: no dates", what).isTrue();
    }

    /** In the very bytes that are answered from what is kept. */
    private boolean foundKept(String search, long house) {
        try (RawConnection client = RawConnection.to(market.server.port())) {
            String body = client.send("GET /api/v1.0/houses?" + search + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer()
                    .body();
            assertThat(body).contains("\"errno\":\"0\"");
            return body.contains("\"house_id\":" + house + ",");
        }
    }

    private boolean found(String search, long house) {
        String body = anybody.get("/houses?" + search).expect("0").text();
        return body.contains("\"house_id\":" + house + ",");
    }

    /** Why the calendar says that a night cannot be booked; null when it can. */
    private @Nullable String reason(long house, LocalDate night) {
        JsonNode shown = anybody.get("/houses/" + house + "/calendar?from=" + night + "&to=" + night)
                .expect("0")
                .data()
                .path("nights")
                .get(0);
        assertThat(shown.path("free").asBoolean())
                .isEqualTo(shown.path("reason").isNull());
        return shown.path("reason").isNull() ? null : shown.path("reason").asString();
    }
}
