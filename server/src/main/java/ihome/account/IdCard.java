package ihome.account;

import ihome.platform.problem.BusinessException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A citizen identity number of 18 characters (GB 11643-1999): region, date of birth, sequence, and a check character by
 * ISO 7064 MOD 11-2. It prints masked.
 */
public record IdCard(String number) {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final DateTimeFormatter BIRTH =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    /** Province codes of GB/T 2260, and 83 for residents from Taiwan. */
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");

    /** Reads a number; a small x is taken for X. {@code today} bounds the date of birth. */
    static IdCard parse(String text, LocalDate today) {
        return read(text, today).orElseThrow(() -> BusinessException.forField("id_card", "身份证号码无效"));
    }

    /** As {@link #parse}, empty for what is no such number. */
    public static Optional<IdCard> read(String text, LocalDate today) {
        String number = text.toUpperCase(Locale.ROOT);
        if (!FORM.matcher(number).matches()
                || !PROVINCES.contains(number.substring(0, 2))
                || !birthIsPossible(number.substring(6, 14), today)
                || number.charAt(17) != check(number)) {
            return Optional.empty();
        }
        return Optional.of(new IdCard(number));
    }

    private static boolean birthIsPossible(String digits, LocalDate today) {
        Optional<LocalDate> birth;
        try {
            birth = Optional.of(LocalDate.parse(digits, BIRTH));
        } catch (DateTimeParseException e) {
            birth = Optional.empty();
        }
        return birth.filter(date -> !date.isAfter(today) && date.getYear() >= 1850)
                .isPresent();
    }

    static char check(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11);
    }

    /** First three and last four characters, stars between: as its owner is shown it, so that a stolen session is not all. */
    public String masked() {
        return number.substring(0, 3) + "*".repeat(11) + number.substring(14);
    }

    @Override
    public String toString() {
        return masked();
    }
}
