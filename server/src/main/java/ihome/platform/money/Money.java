package ihome.platform.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** An amount of renminbi in fen (1 yuan = 100 fen). */
public record Money(long fen) implements Comparable<Money> {
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");

    public static final Money ZERO = new Money(0);

    /** Reads yuan as people write them: digits, at most two decimals, no sign, no exponent. Empty if it is not that. */
    public static Optional<Money> parseYuan(String text) {
        if (!YUAN.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Money(new BigDecimal(text)
                .movePointRight(2)
                .setScale(0, RoundingMode.UNNECESSARY)
                .longValueExact()));
    }

    public static Money ofYuan(long yuan) {
        return new Money(Math.multiplyExact(yuan, 100));
    }

    /** The sum; fails with {@link ArithmeticException} rather than overflow, as do the others. */
    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(fen, other.fen));
    }

    /** A share of an amount that is not negative, rounded down to whole fen. */
    public Money percent(int percent) {
        return new Money(Math.multiplyExact(fen, percent) / 100);
    }

    /** As yuan with the decimals that are needed: {@code 388}, {@code 19.90}. */
    public String yuan() {
        BigDecimal yuan = BigDecimal.valueOf(fen, 2);
        return fen % 100 == 0 ? yuan.setScale(0, RoundingMode.UNNECESSARY).toPlainString() : yuan.toPlainString();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }
}
