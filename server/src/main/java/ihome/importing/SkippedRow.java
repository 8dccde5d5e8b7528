package ihome.importing;

/**
 * A row that was not stored.
 *
 * @param line the line of the file the row begins in, from 1 for the header
 * @param column the header of the column, as the file writes it
 * @param value what stood there, shortened and without control characters
 * @param reason what is wrong with it
 */
public record SkippedRow(long line, String column, String value, String reason) {
    private static final int SHOWN = 60;

    public SkippedRow {
        value = value.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return "line " + line + ": " + column + " \"" + value + "\": " + reason;
    }
}
