package ihome.listing;

import ihome.platform.http.RequestFields;
import ihome.platform.money.Money;
import ihome.pricing.Season;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The dated rules of a house as its host sends them, with their bounds. Fails with PARAMERR naming the entry's field. */
final class SeasonFields {
    private static final Money CENT = new Money(1);
    private static final Money MILLION_YUAN = Money.ofYuan(1_000_000);
    /** A season that lasts for years is no season; two leap days apart, a year has so many nights. */
    private static final int LONGEST = 366;
    /** Before and after today: nobody plans further ahead, and what is long past concerns nobody. */
    private static final int MOST_YEARS = 3;

    private SeasonFields() {}

    /**
     * In the order of their dates; no day is in two of them.
     *
     * @param today in the site's zone
     */
    static List<Season> read(List<RequestFields> entries, LocalDate today) {
        List<Season> seasons = new ArrayList<>(entries.size());
        for (RequestFields entry : entries) {
            Season season = read(entry, today);
            for (Season other : seasons) {
                if (season.from().isBefore(other.to()) && other.from().isBefore(season.to())) {
                    throw entry.wrong("from", "与另一项的日期重叠");
                }
            }
            seasons.add(season);
        }
        seasons.sort((one, other) -> one.from().compareTo(other.from()));
        return seasons;
    }

    private static Season read(RequestFields entry, LocalDate today) {
        LocalDate from = entry.date("from");
        LocalDate to = entry.date("to");
        if (from.isAfter(to)) {
            throw entry.wrong("from", "不能晚于结束日期");
        }
        // Equal dates mean one night, as those of a stay do.
        LocalDate end = from.equals(to) ? to.plusDays(1) : to;
        if (from.isBefore(today.minusYears(MOST_YEARS))) {
            throw entry.wrong("from", "不能早于 " + MOST_YEARS + " 年前");
        }
        if (end.isAfter(today.plusYears(MOST_YEARS))) {
            throw entry.wrong("to", "不能晚于 " + MOST_YEARS + " 年后");
        }
        if (ChronoUnit.DAYS.between(from, end) > LONGEST) {
            throw entry.wrong("to", "距开始日期最多 " + LONGEST + " 天");
        }
        return new Season(
                from,
                end,
                entry.has("price") ? entry.yuan("price", CENT, MILLION_YUAN) : null,
                entry.has("min_days") ? entry.integer("min_days", 1, Stay.LONGEST) : null,
                entry.flag("closed_to_arrival"),
                entry.flag("closed_to_departure"));
    }
}
