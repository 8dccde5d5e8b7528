package ihome.platform.text;

/**
 * How long a text may be as it was sent, in UTF-16 units. Looked at before anything whose work grows faster than the text
 * (Unicode normalisation is quadratic in a run of combining marks, folding and regular expressions can be), so that no
 * request costs more than it sends.
 */
public final class RawLength {
    /**
     * A number, date, yes or no, or a word of a fixed list, with blanks and invisible characters that came along when it
     * was copied.
     */
    public static final int SHORT = 128;

    /** A part of the path. */
    public static final int PATH_PART = 256;

    /** A query parameter: the longest is a list of a hundred ids, or a signature. */
    public static final int QUERY_PARAMETER = 2_048;

    /** A header of a request that a feature reads. */
    public static final int HEADER = 4_096;

    /** A field of a form, or of a JSON object whose fields are taken as they come. */
    public static final int FORM_FIELD = 8_192;

    /** How many fields such a form may have. */
    public static final int FORM_FIELDS = 128;

    /** What normalisation may take away beyond that: blanks at both ends. */
    private static final int SLACK = 64;

    private RawLength() {}

    /**
     * For a text of at most so many code points after normalisation: four UTF-16 units for each, as one letter may be sent
     * as a base and several marks.
     */
    public static int of(int codePoints) {
        return 4 * codePoints + SLACK;
    }
}
