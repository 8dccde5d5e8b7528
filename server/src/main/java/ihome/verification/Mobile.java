package ihome.verification;

import ihome.platform.problem.BusinessException;
import ihome.platform.text.RawLength;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mobile number of mainland China: {@code 1[3-9]} and nine more digits (API document, endpoint 2), however people write
 * it or their phone copies it: with blanks, dashes, dots or brackets between, with {@code +86} or {@code 0086} before, in
 * full-width digits, between marks of the direction of writing. The web app reads it by the same rule
 * ({@code web/src/lib/mobile.ts}), and both are tested by one table.
 */
public record Mobile(String digits) {
    /** What stands between the digits: blanks, dashes, dots, brackets, and characters that nobody sees. */
    private static final Pattern BETWEEN = Pattern.compile("[\\p{Z}\\p{Cf}\\p{Pd}\\t\\r\\n.()]+");

    private static final Pattern FORM = Pattern.compile("(?:\\+86|0086|86)?(1[3-9][0-9]{9})");

    /** Fails with PARAMERR. */
    public static Mobile parse(String text) {
        // Before it is normalised: see RawLength.
        if (text.length() <= RawLength.SHORT) {
            String plain = BETWEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                    .replaceAll("");
            Matcher form = FORM.matcher(plain);
            if (form.matches()) {
                return new Mobile(form.group(1));
            }
        }
        throw BusinessException.forField("mobile", "手机号格式错误");
    }

    /** The block of ten thousand numbers that it is one of: carrier and place, by the first seven digits. */
    String range() {
        return digits.substring(0, 7);
    }

    /** As logs may show it: {@code 138****0000}. */
    @Override
    public String toString() {
        return digits.substring(0, 3) + "****" + digits.substring(7);
    }
}
