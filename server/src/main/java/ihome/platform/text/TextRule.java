package ihome.platform.text;

import ihome.platform.problem.BusinessException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What a text that people write may hold, whatever it is: a name, a title, a comment, a reason. It is kept in Unicode's form
 * NFC, and its length counts in that form: what is saved can be saved again. It has something to see in it, and no
 * characters that nobody sees but within emoji: with them two names look the same, and marks that turn the direction of
 * writing change how the text around is shown (Unicode Technical Report 36, 2.10). Passwords are no such texts.
 */
public final class TextRule {
    /**
     * Marks one after the other over one letter. No writing has so many (Unicode's Stream-Safe Text Format, Unicode Standard
     * Annex 15), and with this bound the time of normalisation grows as the text does.
     */
    private static final int MOST_MARKS = 30;

    private TextRule() {}

    /**
     * The text as it is kept, without blanks around it, its lines ended by {@code \n}. Fails with PARAMERR naming the field.
     *
     * @param min in code points; with 0 the text may be empty
     * @param text no longer than {@link RawLength#of}
     */
    public static String text(String field, String text, int min, int max) {
        if (text.length() > RawLength.of(max)) {
            throw wrongLength(field, min, max);
        }
        if (marks(text) > MOST_MARKS) {
            throw BusinessException.badField(field, "含有不允许的字符");
        }
        String kept = Normalizer.normalize(lines(text), Normalizer.Form.NFC).strip();
        int[] points = kept.codePoints().toArray();
        if (points.length < min || points.length > max) {
            throw wrongLength(field, min, max);
        }
        boolean seen = points.length == 0;
        for (int at = 0; at < points.length; ) {
            int fit = Invisible.fit(points, at);
            if (fit == 0) {
                throw BusinessException.badField(field, "含有看不见的字符，请删除后重试");
            }
            if (Character.getType(points[at]) == Character.CONTROL && points[at] != '\n' && points[at] != '\t') {
                throw BusinessException.badField(field, "含有不允许的字符");
            }
            seen |= isSeen(points[at]);
            at += fit;
        }
        if (!seen) {
            throw BusinessException.badField(field, "没有可见的文字");
        }
        return kept;
    }

    /** As {@link #text}, and in one line: without line breaks and tabs. */
    public static String line(String field, String text, int min, int max) {
        String kept = text(field, text, min, max);
        if (kept.indexOf('\n') >= 0 || kept.indexOf('\t') >= 0) {
            throw BusinessException.badField(field, "含有不允许的字符");
        }
        return kept;
    }

    /** A text from before this rule, or from elsewhere, without what nobody sees in it. */
    public static String withoutInvisible(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder seen = new StringBuilder(text.length());
        for (int at = 0; at < points.length; ) {
            int fit = Invisible.fit(points, at);
            for (int i = 0; i < fit; i++) {
                seen.appendCodePoint(points[at + i]);
            }
            at += Math.max(1, fit);
        }
        return seen.toString();
    }

    /**
     * What texts that look alike have in common: compatibility forms, case and what nobody sees make no difference. Not for
     * showing.
     *
     * @param text bounded, as names are
     */
    public static String skeleton(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Invisible.is(c))
                .forEach(seen::appendCodePoint);
        // Full case folding, as near as the JDK has it: ß and ẞ are ss, all sigmas are one.
        String folded = seen.toString()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static BusinessException wrongLength(String field, int min, int max) {
        return BusinessException.badField(field, "长度应为 " + min + " 到 " + max + " 个字符");
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\u0085', '\n')
                .replace('\u2028', '\n')
                .replace('\u2029', '\n');
    }

    /** The longest run of combining marks. */
    private static int marks(String text) {
        int longest = 0;
        int run = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            run = isMark(Character.getType(text.codePointAt(at))) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean isMark(int type) {
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Not a blank, nor a mark that stands over nothing. */
    private static boolean isSeen(int c) {
        int type = Character.getType(c);
        return !Invisible.is(c)
                && c != 0x2800 // Braille without a dot
                && !isMark(type)
                && !Character.isSpaceChar(c)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.UNASSIGNED;
    }
}
