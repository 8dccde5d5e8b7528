package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity numbers after GB 11643-1999. */
class IdCardTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
    private static final String[] REGIONS = {"110105", "310104", "440524", "512081", "650102", "710000", "820000"};

    /** The first two are the standard's own examples. */
    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014", "11010519491231002x", "110105200002291119"})
    void aNumberWithItsCheckDigitIsRead(String number) {
        assertThat(IdCard.parse(fix(number), TODAY).number()).hasSize(18).doesNotContain("x");
    }

    /** The last example is given without a right check digit. */
    private static String fix(String number) {
        return number.endsWith("9") ? number.substring(0, 17) + check(number) : number;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "110105194912310021", // wrong check digit
                "X1010519491231002X",
                "1101051949123100X2",
                "010105194912310021",
                "11010519491231002Ⅹ",
                "１10105194912310021",
                "110105491231002",
                "",
                "11010519491231002X\n"
            })
    void whatIsNoNumberIsRefused(String number) {
        refused(number);
    }

    @Test
    void aProvinceThatThereIsNotIsRefused() {
        for (String province : new String[] {"10", "16", "24", "38", "47", "55", "66", "84", "99"}) {
            refused(withCheck(province + "010519491231002"));
        }
    }

    @Test
    void aDayThatThereIsNotIsRefused() {
        for (String day : new String[] {
            "19491232",
            "19491301",
            "19490001",
            "19490100",
            "19490229",
            "19000229",
            "20260602",
            "99991231",
            "18491231",
            "00000101"
        }) {
            refused(withCheck("110105" + day + "002"));
        }
        for (String day : new String[] {"20000229", "20260601", "18500101"}) {
            assertThat(IdCard.parse(withCheck("110105" + day + "002"), TODAY).number())
                    .contains(day);
        }
    }

    @Test
    void showsThreeAndFourPlacesOnly() {
        IdCard card = IdCard.parse("11010519491231002x", TODAY);
        assertThat(card.masked()).isEqualTo("110***********002X");
        assertThat(card.toString()).isEqualTo(card.masked());
    }

    /** The check digit finds every single wrong digit and every exchange of two neighbours. */
    @Test
    void oneChangedDigitIsAlwaysRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String number = random(random);
            assertThat(IdCard.parse(number, TODAY).number()).as("seed %s", seed).isEqualTo(number);
            int place = random.nextInt(18);
            String digits = place == 17 ? "0123456789X" : "0123456789";
            char other = digits.charAt(random.nextInt(digits.length()));
            if (other != number.charAt(place)) {
                assertRefused(number.substring(0, place) + other + number.substring(place + 1), seed);
            }
            int left = random.nextInt(16);
            if (number.charAt(left) != number.charAt(left + 1)) {
                assertRefused(
                        number.substring(0, left)
                                + number.charAt(left + 1)
                                + number.charAt(left)
                                + number.substring(left + 2),
                        seed);
            }
        }
    }

    private static String random(Random random) {
        String day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(45_000)).format(DateTimeFormatter.BASIC_ISO_DATE);
        String order = String.format("%03d", random.nextInt(1000));
        return withCheck(REGIONS[random.nextInt(REGIONS.length)] + day + order);
    }

    private static String withCheck(String seventeen) {
        return seventeen + check(seventeen);
    }

    /** ISO 7064, MOD 11-2, as the standard's formula has it: computed another way than the program does. */
    private static char check(String number) {
        int product = 0;
        for (int i = 0; i < 17; i++) {
            product = (product + (number.charAt(i) - '0')) * 2 % 11;
        }
        int digit = (12 - product) % 11;
        return digit == 10 ? 'X' : (char) ('0' + digit);
    }

    private static void refused(String number) {
        assertRefused(number, 0);
    }

    private static void assertRefused(String number, long seed) {
        assertThatExceptionOfType(BusinessException.class)
                .as("%s, seed %s", number, seed)
                .isThrownBy(() -> IdCard.parse(number, TODAY))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.PARAMERR));
    }
}
