package ihome.importing;

/** One field of a row that cannot be stored. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final Column column;

    BadValue(Column column, String reason) {
        super(reason, null, false, false);
        this.column = column;
    }

    Column column() {
        return column;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
