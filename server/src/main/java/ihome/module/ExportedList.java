package ihome.module;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A list of an account's export.
 *
 * @param name its name in the export, as in {@code api/openapi.yaml}
 * @param query SQL of its rows, in the order in which they are shown, under the names of their columns: those of the account
 *     {@code :account}, at most {@code :most}, which always is one more than are shown. {@code :now} is the present
 *     moment
 * @param view makes of a row, as a map of its columns that it may change, what is shown of it
 */
public record ExportedList(String name, String query, UnaryOperator<Map<String, Object>> view) {
    /** A list that shows its columns as they are. */
    public ExportedList(String name, String query) {
        this(name, query, row -> row);
    }
}
