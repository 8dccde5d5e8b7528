package ihome.seeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SampleStaysTest {
    @Test
    void allHousesTogetherHaveExactlyTheStaysAskedFor() {
        for (long stays : new long[] {0, 1, 7, 5_000, 40_000}) {
            SampleStays sample = new SampleStays(1_000, stays);
            long sum = 0;
            for (int house = 0; house < 1_000; house++) {
                sum += sample.next();
            }
            assertThat(sum).isEqualTo(stays);
        }
    }

    @Test
    void nightsAscendWithoutRepetitionWithinAYear() {
        for (int house = 0; house < 2_000; house++) {
            int[] nights = SampleStays.nights(house, house % 90);
            for (int i = 1; i < nights.length; i++) {
                assertThat(nights[i]).as("house %d", house).isGreaterThan(nights[i - 1]);
            }
            assertThat(Arrays.stream(nights)).allMatch(night -> night >= 0 && night < SampleStays.NIGHTS);
        }
    }

    @Test
    void stayAsOftenAsAYearHasNights() {
        assertThat(SampleStays.nights(1, SampleStays.NIGHTS)).hasSize(SampleStays.NIGHTS);
    }

    @Test
    void aStayIsOfFiveNightsOnAverageAndNearNightsAreFuller() {
        long near = 0;
        long far = 0;
        long all = 0;
        int houses = 20_000;
        for (int house = 0; house < houses; house++) {
            int[] nights = SampleStays.nights(house, 5);
            all += nights.length;
            near += Arrays.stream(nights).filter(night -> night < 30).count();
            far += Arrays.stream(nights).filter(night -> night >= 300).count();
        }
        assertThat(all / (5.0 * houses)).isBetween(4.9, 5.1);
        assertThat(near / 30.0).isGreaterThan(2 * far / 65.0);
    }
}
