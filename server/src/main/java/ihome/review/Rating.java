package ihome.review;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How many stars were given, and in how many reviews. */
public record Rating(long sum, int count) {
    public static final Rating NONE = new Rating(0, 0);

    /** With one decimal, half up; null while there are none. */
    public @Nullable BigDecimal mean() {
        return count == 0 ? null : BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 1, RoundingMode.HALF_UP);
    }
}
