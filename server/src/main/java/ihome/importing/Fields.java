package ihome.importing;

import ihome.platform.problem.BusinessException;
import ihome.platform.text.RawLength;
import ihome.platform.text.TextRule;
import ihome.siteconfig.SiteFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one row, read as what their columns hold. */
final class Fields {
    /** A price a night above this, a million yuan in fen, is a mistake. */
    static final long HIGHEST_PRICE = 100_000_000;

    private static final int LONGEST_NUMBER = 40;
    private static final Pattern ID = Pattern.compile("[0-9]{1,20}");
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,19})(\\.0{1,9})?");
    /** A sign such as $ or €, or letters such as CHF, or both, as in A$ and R$. */
    private static final Pattern CURRENCY = Pattern.compile("^[A-Z]{0,3}\\p{Sc}?\\h*");

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\\.[0-9]+)?");
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,30})?");

    private final Header header;
    private final List<String> values;

    Fields(Header header, List<String> values) {
        this.header = header;
        this.values = values;
    }

    /** Without blanks around it, control characters and what nobody sees ({@link TextRule}); empty when it is missing. */
    String text(Column column, int longest) {
        StringBuilder text = new StringBuilder();
        boolean gap = false;
        int[] points = TextRule.withoutInvisible(header.field(column, values))
                .codePoints()
                .toArray();
        for (int point : points) {
            if (Character.isISOControl(point) || Character.isWhitespace(point)) {
                gap = true;
            } else if (Character.isDefined(point)
                    && point != 0xFFFD
                    && Character.getType(point) != Character.SURROGATE) {
                int length = text.length() + Character.charCount(point) + (gap && !text.isEmpty() ? 1 : 0);
                if (length > longest) {
                    break;
                }
                text.append(gap && !text.isEmpty() ? " " : "").appendCodePoint(point);
                gap = false;
            }
        }
        return text.toString();
    }

    String raw(Column column) {
        return header.field(column, values);
    }

    String id(Column column) throws BadValue {
        String text = raw(column);
        if (!ID.matcher(text).matches()) {
            throw new BadValue(column, "not an id");
        }
        return text;
    }

    Places.Place place(Places places) throws BadValue {
        String name = text(Column.NEIGHBOURHOOD, RawLength.of(SiteFile.LONGEST_NAME) + 1);
        if (!name.isEmpty()) {
            try {
                // As a site file may call it.
                name = TextRule.line("neighbourhood", name, 1, SiteFile.LONGEST_NAME);
            } catch (BusinessException refused) {
                throw new BadValue(
                        Column.NEIGHBOURHOOD, "not a name of at most " + SiteFile.LONGEST_NAME + " characters");
            }
        }
        Places.Place place = places.find(name);
        if (place == null) {
            throw new BadValue(Column.NEIGHBOURHOOD, "not an area of " + places.city());
        }
        return place;
    }

    /**
     * In hundredths of the site's currency, which is what the file's sign is taken for: rounded to whole units, halves up, and
     * one at least. The file's prices are often converted from other currencies, and cents of that are noise on a card.
     */
    long price() throws BadValue {
        String text = CURRENCY.matcher(raw(Column.PRICE)).replaceFirst("");
        if (text.isEmpty()) {
            throw new BadValue(Column.PRICE, "no price");
        }
        if (text.length() > LONGEST_NUMBER || !AMOUNT.matcher(text).matches()) {
            throw new BadValue(Column.PRICE, "not a price");
        }
        BigDecimal told = new BigDecimal(text.replace(",", ""));
        if (told.signum() <= 0) {
            throw new BadValue(Column.PRICE, "must be above zero");
        }
        BigDecimal yuan = told.setScale(0, RoundingMode.HALF_UP).max(BigDecimal.ONE);
        BigDecimal fen = yuan.movePointRight(2);
        if (fen.compareTo(BigDecimal.valueOf(HIGHEST_PRICE)) > 0) {
            throw new BadValue(Column.PRICE, "above 1,000,000 a night");
        }
        return fen.longValueExact();
    }

    /** A count such as "3" or "3.0", the largest int for any that is larger; empty when the file does not tell. */
    OptionalInt count(Column column) throws BadValue {
        String text = raw(column);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!COUNT.matcher(text).matches()) {
            throw new BadValue(column, "not a count");
        }
        return OptionalInt.of(
                new BigDecimal(text).min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue());
    }

    @Nullable
    Double degrees(Column column, int limit) throws BadValue {
        String text = raw(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!DEGREES.matcher(text).matches() || Math.abs(Double.parseDouble(text)) > limit) {
            throw new BadValue(column, "not a position in degrees");
        }
        return Double.valueOf(text);
    }

    @Nullable
    LocalDate date(Column column) throws BadValue {
        String text = raw(column);
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() < 1970 || date.getYear() > 9999) {
                throw new BadValue(column, "not a date of this age");
            }
            return date;
        } catch (DateTimeException e) {
            throw new BadValue(column, "not a date (YYYY-MM-DD)");
        }
    }
}
