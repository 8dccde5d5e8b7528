package ihome.platform.db;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A source of connections of one account: what JDBC asks of a source beside {@link #getConnection()}. */
abstract class DriverDataSource implements DataSource {
    @Override
    public final Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("one account only");
    }

    @Override
    public final int getLoginTimeout() {
        return ServerAddress.LOGIN_SECONDS;
    }

    @Override
    public final void setLoginTimeout(int seconds) {
        // The driver has its own.
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public final void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public final java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logs otherwise");
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
