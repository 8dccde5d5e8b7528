package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Search, calendar, quote and order agree all day on who can still be booked for tonight, and for tomorrow: a house that
 * waits for its host's answer until two and a half hours before its guests may come, one that is booked instantly until
 * they must have come, each by its own times. Also where a search's answer is kept.
 */
@SuppressWarnings("NullAway.Init") // each test opens its own market
@Tag("slow")
final class TonightTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<LocalTime> CHANGES =
            List.of(LocalTime.of(12, 30), LocalTime.of(17, 30), LocalTime.of(18, 15), LocalTime.of(22, 0));
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private Market market;
    private ApiClient anybody;

    /**
     * A house, and when a stay from tonight or tomorrow on can still be booked.
     *
     * @param last the last moment of today for tonight; {@link LocalTime#MIN}: none
     * @param lastForTomorrow the same for tomorrow; {@link LocalTime#MAX}: all day
     * @param inclusive whether that moment still counts
     */
    private record Expected(long house, LocalTime last, LocalTime lastForTomorrow, boolean inclusive) {
        boolean tonight(LocalTime now) {
            return !last.equals(LocalTime.MIN) && isUntil(last, now);
        }

        boolean tomorrow(LocalTime now) {
            return isUntil(lastForTomorrow, now);
        }

        private boolean isUntil(LocalTime end, LocalTime now) {
            return (end.equals(LocalTime.MAX) || inclusive) ? !now.isAfter(end) : now.isBefore(end);
        }
    }

    private List<Expected> expected;

    private List<Expected> houses() {
        long lateAsking = market.house();
        long nightAsking = market.house();
        long earlyInstant = market.instantHouse();
        long anyHourInstant = market.instantHouse();
        times(lateAsking, "20:00", "23:30");
        times(nightAsking, "00:30", "23:00");
        times(earlyInstant, "10:00", "18:15");
        times(anyHourInstant, "23:00", "23:59");
        return List.of(
                new Expected(market.house(), LocalTime.of(12, 30), LocalTime.MAX, true),
                new Expected(market.instantHouse(), LocalTime.of(22, 0), LocalTime.MAX, false),
                new Expected(lateAsking, LocalTime.of(17, 30), LocalTime.MAX, true),
                // Its answers are due on the day before.
                new Expected(nightAsking, LocalTime.MIN, LocalTime.of(22, 0), true),
                new Expected(earlyInstant, LocalTime.of(18, 15), LocalTime.MAX, false),
                new Expected(anyHourInstant, LocalTime.of(23, 59), LocalTime.MAX, false));
    }

    private void times(long house, String from, String until) {
        market.host
                .put("/houses/" + house, "{\"check_in_from\": \"" + from + "\", \"check_in_until\": \"" + until + "\"}")
                .expect("0");
    }

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
            expected = houses();
            if (!"off".equals(options.get("IHOME_SEARCH_INDEX"))) {
                market.server.awaitSearchIndex();
            }
            LocalDate today = Market.TODAY;
            for (LocalDate day : List.of(today, today.plusDays(1))) {
                for (LocalTime time : CHANGES) {
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
        searchesAgree(day, now);
        for (Expected house : expected) {
            bookingsAgree(house.house(), day, house.tonight(now), now);
            bookingsAgree(house.house(), day.plusDays(1), house.tomorrow(now), now);
        }
        // Once more: the orders have made void what was kept, and the next time is to meet kept answers.
        searchesAgree(day, now);
    }

    private void bookingsAgree(long house, LocalDate day, boolean open, LocalTime now) {
        String what = "house " + house + " at " + now;
        LocalDate next = day.plusDays(1);
        assertThat(reason(house, day)).as("%s: calendar", what).isEqualTo(open ? null : "too_late");
        assertThat(reason(house, next.plusDays(1))).as("%s: calendar", what).isNull();
        String quote = "/houses/" + house + "/quote?start_date=" + day + "&end_date=" + next;
        assertThat(anybody.get(quote).errno()).as("%s: quote", what).isEqualTo(open ? "0" : "4103");
        Reply booked = Market.book(market.guest, house, day, next);
        assertThat(booked.errno()).as("%s: order", what).isEqualTo(open ? "0" : "4103");
        if (open) {
            assertThat(reason(house, day)).as("%s: calendar", what).isEqualTo("taken");
            Market.act(market.guest, Market.order(booked), "cancel").expect("0");
        }
    }

    private void searchesAgree(LocalDate today, LocalTime now) {
        LocalDate tomorrow = today.plusDays(1);
        for (String dates : List.of(
                "sd=" + today + "&ed=" + tomorrow,
                "sd=" + today + "&ed=" + today.plusDays(4),
                "sd=" + today + "&ed=")) {
            for (int i = 0; i < 3; i++) {
                found(now, kept(dates + "&aid=1&sk=new&p=1"), house -> house.tonight(now));
            }
        }
        found(now, asked("ed=" + tomorrow), house -> house.tonight(now));
        found(now, asked("guests=1&sd=" + today), house -> house.tonight(now));
        String fromTomorrow = "sd=" + tomorrow + "&ed=" + tomorrow.plusDays(2);
        found(now, kept(fromTomorrow + "&aid=1&sk=new&p=1"), house -> house.tomorrow(now));
        found(now, asked("guests=1&" + fromTomorrow), house -> house.tomorrow(now));
        found(now, asked("sd=" + today.plusDays(2)), _ -> true);
        found(now, asked("aid=1"), _ -> true);
    }

    private void found(LocalTime now, String body, Predicate<Expected> isFound) {
        for (Expected house : expected) {
            assertThat(body.contains("\"house_id\":" + house.house() + ","))
                    .as("%s at %s: %s", house, now, body)
                    .isEqualTo(isFound.test(house));
        }
    }

    /** The very bytes that are answered from what is kept. */
    private String kept(String search) {
        try (RawConnection client = RawConnection.to(market.server.port())) {
            String body = client.send("GET /api/v1.0/houses?" + search + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer()
                    .body();
            assertThat(body).contains("\"errno\":\"0\"");
            return body;
        }
    }

    private String asked(String search) {
        return anybody.get("/houses?" + search).expect("0").text();
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
