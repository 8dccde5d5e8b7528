package ihome.review;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The means of a house's {@link Scores}, each with one decimal, half up; null where nobody gave any. */
public record MeanScores(
        @Nullable BigDecimal clean,
        @Nullable BigDecimal accurate,
        @Nullable BigDecimal checkIn,
        @Nullable BigDecimal host,
        @Nullable BigDecimal place,
        @Nullable BigDecimal value) {}
