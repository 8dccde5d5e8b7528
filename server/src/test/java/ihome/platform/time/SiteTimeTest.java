package ihome.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTimeTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static SiteTime at(String instant, ZoneId zone) {
        return new SiteTime(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC), zone);
    }

    @Test
    void todayBeginsAtMidnightOfTheSite() {
        assertThat(at("2026-06-01T15:59:59Z", SHANGHAI).today()).isEqualTo("2026-06-01");
        assertThat(at("2026-06-01T16:00:00Z", SHANGHAI).today()).isEqualTo("2026-06-02");
    }

    @Test
    void writesTimesOfTheSiteWithoutFractions() {
        SiteTime time = at("2026-06-01T16:00:00Z", SHANGHAI);
        assertThat(time.format(Instant.parse("2026-12-31T23:59:59.999Z"))).isEqualTo("2027-01-01 07:59:59");
        assertThat(time.formatDate(Instant.parse("2026-12-31T23:59:59.999Z"))).isEqualTo("2027-01-01");
    }

    @Test
    void writesLatinDigitsWhateverTheMachinesLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(at("2026-06-01T04:00:00Z", SHANGHAI).format(Instant.parse("2026-06-01T04:05:06Z")))
                    .isEqualTo("2026-06-01 12:05:06");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aDayWithoutMidnightBeginsAtItsFirstMoment() {
        SiteTime time = at("2026-06-01T04:00:00Z", ZoneId.of("Africa/Cairo"));
        // Clocks went from 23:59:59 on the 27th to 01:00 on the 28th of April 2023.
        assertThat(time.startOf(LocalDate.of(2023, 4, 28))).isEqualTo(Instant.parse("2023-04-27T22:00:00Z"));
        assertThat(Duration.between(time.startOf(LocalDate.of(2023, 4, 28)), time.startOf(LocalDate.of(2023, 4, 29))))
                .isEqualTo(Duration.ofHours(23));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-6-1",
                "2026-06-1",
                "2026-02-29",
                "2026-13-01",
                "2026-00-10",
                "2026-06-31",
                "0000-01-01",
                "-001-01-01",
                "+2026-01-1",
                "20260601",
                "2026/06/01",
                " 2026-06-01",
                "2026-06-01 ",
                "2026-06-01T",
                "２０２６-06-01",
                "12026-01-0",
                "abcd-ef-gh"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(SiteTime.parseDate(text)).isEmpty();
    }

    @Test
    void readsEveryRealDay() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long first = LocalDate.of(1, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        for (int i = 0; i < 10_000; i++) {
            LocalDate date = LocalDate.ofEpochDay(random.nextLong(first, last + 1));
            assertThat(SiteTime.parseDate(date.toString())).as("seed %d", seed).contains(date);
        }
        assertThat(SiteTime.parseDate("2028-02-29")).contains(LocalDate.of(2028, 2, 29));
        assertThat(SiteTime.parseDate("9999-12-31")).contains(LocalDate.of(9999, 12, 31));
    }
}
