package ihome.verification;

import ihome.platform.problem.Refusal;
import java.util.regex.Pattern;

/** A mobile number of mainland China: {@code 1[3-9]} and nine more ASCII digits (API document, endpoint 2). */
public record Mobile(String digits) {
    private static final Pattern FORM = Pattern.compile("1[3-9][0-9]{9}");

    public static Mobile parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw Refusal.forField("mobile", "手机号格式错误");
        }
        return new Mobile(text);
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
