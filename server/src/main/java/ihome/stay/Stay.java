package ihome.stay;

import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The nights from the start date up to, not including, the end date (API contract, nights).
 *
 * @param start day of arrival, the first night
 * @param end day of departure, always after {@code start}; its night is free for the next guest
 */
public record Stay(LocalDate start, LocalDate end) {
    /** Longest stay, in nights. */
    public static final int LONGEST = 365;

    public Stay {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a stay has at least one night");
        }
    }

    /** One night. */
    public static Stay night(LocalDate night) {
        return new Stay(night, night.plusDays(1));
    }

    /**
     * The stay between two dates; equal dates mean one night. Fails with PARAMERR naming the field: a start after the
     * end, or more than {@link #LONGEST} nights.
     */
    public static Stay between(String startField, LocalDate start, String endField, LocalDate end) {
        if (start.isAfter(end)) {
            throw BusinessException.forField(startField, "入住日期不能晚于离店日期");
        }
        Stay stay = new Stay(start, start.equals(end) ? start.plusDays(1) : end);
        if (ChronoUnit.DAYS.between(stay.start, stay.end) > LONGEST) {
            throw BusinessException.forField(endField, "最多可住 " + LONGEST + " 晚");
        }
        return stay;
    }

    /** Reads {@code YYYY-MM-DD}; fails with PARAMERR naming the field. */
    public static LocalDate date(String field, String text) {
        return SiteTime.parseDate(text).orElseThrow(() -> BusinessException.badField(field, "应为 YYYY-MM-DD"));
    }

    public int nights() {
        return Math.toIntExact(ChronoUnit.DAYS.between(start, end));
    }

    /** Each night, in order. */
    public List<LocalDate> dates() {
        return start.datesUntil(end).toList();
    }

    public boolean overlaps(Stay other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }
}
