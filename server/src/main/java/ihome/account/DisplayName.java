package ihome.account;

import ihome.platform.problem.Refusal;
import java.text.Normalizer;

/**
 * The name that others see, in Unicode's form NFC so that what looks the same is the same. It has something to see in
 * it and nothing that would change how the text around it is shown: no control characters, no line breaks, no marks
 * that turn the direction of writing (Unicode Technical Report 36, 2.10). Emoji and what joins them are welcome.
 */
record DisplayName(String text) {
    /** Reads the field {@code name}, whose length was checked. Fails with PARAMERR. */
    static DisplayName parse(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (name.codePoints().anyMatch(DisplayName::disturbs)
                || name.codePoints().noneMatch(DisplayName::shows)) {
            throw Refusal.badField("name", "含有不允许的字符");
        }
        return new DisplayName(name);
    }

    private static boolean disturbs(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean shows(int c) {
        return Character.getType(c) != Character.FORMAT && !Character.isSpaceChar(c) && !isFiller(c);
    }

    /** Letters by Unicode's table that are blank. */
    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
    }
}
