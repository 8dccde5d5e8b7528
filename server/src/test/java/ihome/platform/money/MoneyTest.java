package ihome.platform.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "388, 38800",
        "388.0, 38800",
        "19.90, 1990",
        "19.9, 1990",
        "0.01, 1",
        "007, 700",
        "0.1, 10",
        "1.15, 115",
        "999999999999.99, 99999999999999"
    })
    void readsYuanAsFen(String yuan, long fen) {
        assertThat(Money.parseYuan(yuan)).contains(new Money(fen));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1.",
                ".5",
                "1.234",
                "-1",
                "+1",
                "1e3",
                "1,000",
                " 1",
                "1 ",
                "1\n",
                "0x10",
                "١٢",
                "１２",
                "NaN",
                "1.-1",
                "1234567890123"
            })
    void refusesWhatPeopleDoNotWriteForAPrice(String text) {
        assertThat(Money.parseYuan(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"38800, 388", "1990, 19.90", "1, 0.01", "0, 0", "10, 0.10", "-1990, -19.90", "-100, -1"})
    void writesTheDecimalsThatAreNeeded(long fen, String yuan) {
        assertThat(new Money(fen).yuan()).isEqualTo(yuan);
    }

    @Test
    void agreesWithDecimalArithmeticOnRandomAmounts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long fen = random.nextLong(1L << random.nextInt(1, 46));
            BigDecimal exact = BigDecimal.valueOf(fen, 2);
            String written = random.nextBoolean() || fen % 10 != 0
                    ? exact.toPlainString()
                    : exact.setScale(1).toPlainString();
            assertThat(Money.parseYuan(written))
                    .as("seed %d: %s", seed, written)
                    .contains(new Money(fen));
            Money money = new Money(fen);
            assertThat(new BigDecimal(money.yuan()))
                    .as("seed %d: %d fen", seed, fen)
                    .isEqualByComparingTo(exact);
            assertThat(Money.parseYuan(money.yuan()))
                    .as("seed %d: there and back", seed)
                    .contains(money);
        }
    }

    @Test
    void comparesByAmount() {
        assertThat(new Money(199)).isLessThan(Money.ofYuan(2));
        assertThat(Money.ZERO).isEqualByComparingTo(new Money(0));
    }

    @Test
    void doesNotOverflowInSilence() {
        assertThatThrownBy(() -> Money.ofYuan(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
