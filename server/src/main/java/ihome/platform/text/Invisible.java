package ihome.platform.text;

/**
 * Characters that nobody sees: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties of Unicode 17.0; the JDK has no
 * such property). All marks that turn the direction of writing are among them. Emoji are made with some of them (Unicode
 * Technical Standard 51): within such a sequence they are a part of what is seen.
 */
final class Invisible {
    private static final int[][] RANGES = {
        {0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
    };

    private static final int JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int FLAG = 0x1F3F4;
    private static final int TAG_END = 0xE007F;
    private static final int LONGEST_FLAG = 32;

    private Invisible() {}

    static boolean is(int c) {
        for (int[] range : RANGES) {
            if (c < range[0]) {
                return false;
            }
            if (c <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many code points from {@code at} on are fit to stand there: 1 for one that is seen, more for a flag of tags, 0 for
     * one that nobody sees and that is no part of an emoji.
     */
    static int fit(int[] text, int at) {
        int c = text[at];
        if (c == FLAG) {
            return 1 + tags(text, at + 1);
        }
        if (!is(c)) {
            return 1;
        }
        return switch (c) {
            case JOINER -> joins(text, at) ? 1 : 0;
            case TEXT_STYLE, EMOJI_STYLE -> styles(text, at) ? 1 : 0;
            default -> 0;
        };
    }

    /** The length of a run of tags with its end (England, Scotland, Wales); 0 when there is none. */
    private static int tags(int[] text, int from) {
        for (int at = from; at < text.length && at < from + LONGEST_FLAG; at++) {
            if (text[at] == TAG_END) {
                return at == from ? 0 : at + 1 - from;
            }
            if (text[at] < 0xE0020 || text[at] > TAG_END) {
                return 0;
            }
        }
        return 0;
    }

    private static boolean joins(int[] text, int at) {
        int before = at - 1;
        if (before >= 0 && text[before] == EMOJI_STYLE) {
            before--;
        }
        if (before >= 0 && Character.isEmojiModifier(text[before])) {
            before--;
        }
        return before >= 0
                && Character.isExtendedPictographic(text[before])
                && at + 1 < text.length
                && Character.isExtendedPictographic(text[at + 1]);
    }

    private static boolean styles(int[] text, int at) {
        if (at == 0 || !Character.isEmoji(text[at - 1])) {
            return false;
        }
        // Digits, # and * are emoji as keycaps only.
        return text[at - 1] > 0x7F || (at + 1 < text.length && text[at + 1] == KEYCAP);
    }
}
