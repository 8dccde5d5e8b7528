package ihome.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What a soak calls growth, by made-up samples, one a minute. */
final class SoakTrendTest {
    /** As {@link SoakReport} judges database connections. */
    private static SoakTrend connections(double... values) {
        return trend(0, 3, values).harmlessUpTo(SoakReport.MOST_CONNECTIONS);
    }

    private static SoakTrend trend(double part, double atLeast, double... values) {
        List<Double> minutes = new ArrayList<>();
        for (int i = 1; i <= values.length; i++) {
            minutes.add((double) i);
        }
        return new SoakTrend(
                "", "", part, atLeast, 0, minutes, DoubleStream.of(values).boxed().toList());
    }

    /**
     * The database stood still for five minutes: a crowd waited, the pool is full from then on. Protection: harmlessUpTo.
     */
    @Test
    void aPoolThatIsFullAfterAStopIsNoLeak() {
        SoakTrend filled = connections(9, 9, 9, 10, 21, 22, 22, 22, 22, 22);
        assertThat(filled.growth()).isGreaterThan(filled.bound());
        assertThat(filled.flat()).isTrue();
    }

    /** Protection: harmlessUpTo asks all values, and not the median or the first. */
    @Test
    void moreConnectionsThanAFullPoolAreALeak() {
        assertThat(connections(9, 11, 13, 15, 17, 19, 21, 23, 25, 27).flat()).isFalse();
        assertThat(connections(9, 10, 12, 13, 15, 16, 18, 19, 21, 23).flat()).isFalse();
        assertThat(connections(22, 22, 23, 23, 24, 24, 25, 26, 26, 27).flat()).isFalse();
    }

    /** Above a full pool what stands still is still no growth: it may be another's choice of a larger one. */
    @Test
    void manyConnectionsThatStayTheSameAreFlat() {
        assertThat(connections(40, 41, 40, 42, 41, 40, 41, 40).flat()).isTrue();
    }

    /** Theil and Sen's slope: a fault's few minutes bend no line. Protection: the median of the slopes, not their mean. */
    @Test
    void aFewMinutesOfAFaultAreNoGrowth() {
        assertThat(trend(0.10, 6, 44, 45, 44, 45, 44, 45, 44, 45, 400, 500).flat()).isTrue();
    }

    /** Growth is allowed up to a part of the median or so much at all, whichever is more. */
    @Test
    void theBoundIsTheLargerOfBoth() {
        double[] by18 = DoubleStream.iterate(300, value -> value + 2).limit(10).toArray();
        assertThat(trend(0.10, 6, by18).growth()).isEqualTo(18);
        assertThat(trend(0.10, 6, by18).flat()).isTrue();
        assertThat(trend(0.05, 18, by18).flat()).isTrue();
        assertThat(trend(0.05, 6, by18).flat()).isFalse();
    }

    @Test
    void fewSamplesTellNothing() {
        assertThat(trend(0, 0, 1, 2, 3, 4).known()).isFalse();
        assertThat(trend(0, 0, 1, 2, 3, 4).flat()).isTrue();
        assertThat(trend(0, 0, 1, 2, 3, 4, 5).flat()).isFalse();
    }
}
