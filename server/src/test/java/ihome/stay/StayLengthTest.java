package ihome.stay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StayLengthTest {
    private static List<Integer> admitted(StayLength length) {
        return IntStream.range(0, 8).filter(length::admits).boxed().toList();
    }

    private static Stay nights(int nights) {
        LocalDate day = LocalDate.parse("2026-06-01");
        return new Stay(day, day.plusDays(nights));
    }

    @Test
    void admitsFromTheMinimumToTheMaximum() {
        assertThat(admitted(new StayLength(2, 4))).containsExactly(2, 3, 4);
        assertThat(admitted(new StayLength(5, 0))).containsExactly(5, 6, 7);
        assertThat(admitted(new StayLength(5, 4))).isEmpty();
        assertThat(StayLength.longest(0)).isEqualTo(Stay.LONGEST);
        assertThat(StayLength.longest(4)).isEqualTo(4);
    }

    @Test
    void saysWhichBoundAStayBreaks() {
        StayLength length = new StayLength(2, 4);
        assertThatThrownBy(() -> length.check(nights(1))).hasMessageContaining("至少住 2 晚");
        assertThatThrownBy(() -> length.check(nights(5))).hasMessageContaining("最多住 4 晚");
        assertThatCode(() -> length.check(nights(3))).doesNotThrowAnyException();
        assertThatCode(() -> new StayLength(1, 0).check(nights(Stay.LONGEST))).doesNotThrowAnyException();
    }

    @Test
    void isPossibleUnlessTheMaximumIsBelowTheMinimum() {
        assertThat(new StayLength(3, 2).isPossible()).isFalse();
        assertThat(new StayLength(3, 3).isPossible()).isTrue();
        assertThat(new StayLength(3, 0).isPossible()).isTrue();
    }
}
