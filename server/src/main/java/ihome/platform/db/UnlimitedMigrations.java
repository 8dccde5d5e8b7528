package ihome.platform.db;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lifts the statements' limit of time for a migration: it is made for requests, and a change of a large table takes longer.
 * Within the migration's transaction, so that nothing of it stays with the connection.
 */
final class UnlimitedMigrations implements Callback {
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("set local statement_timeout = 0");
        } catch (SQLException e) {
            throw new JdbcStatements.Failure(e);
        }
    }

    @Override
    public String getCallbackName() {
        return "unlimited migrations";
    }
}
