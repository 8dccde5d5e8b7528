package ihome.platform.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL says of a failure (SQLSTATE, appendix A of its manual). */
final class Sql {
    private Sql() {}

    static @Nullable SQLException cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** Class 23: an integrity constraint was violated. */
    static boolean isConstraint(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("23");
    }
}
