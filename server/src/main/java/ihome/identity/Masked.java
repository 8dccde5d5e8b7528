package ihome.identity;

/** How names, numbers and mobiles are shown to those who gave them: so that a stolen session is not all. */
public final class Masked {
    private static final int MOST_STARS = 11;

    private Masked() {}

    /** The first character. */
    public static String name(String name) {
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first) + stars(name.codePointCount(first, name.length()));
    }

    /** First three and last four characters of long ones, the first and the last of others. */
    public static String number(String number) {
        int from = number.length() > 10 ? 3 : 1;
        int to = number.length() > 10 ? 4 : 1;
        return number.length() <= from + to
                ? stars(number.length())
                : number.substring(0, from)
                        + stars(number.length() - from - to)
                        + number.substring(number.length() - to);
    }

    private static String stars(int many) {
        return "*".repeat(Math.min(many, MOST_STARS));
    }
}
