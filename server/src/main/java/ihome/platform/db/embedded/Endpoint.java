package ihome.platform.db.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a server listens, and the password of both its roles. */
record Endpoint(int port, String password) {
    static final String SUPERUSER = "postgres";
    static final String USER = "ihome";
    static final String DATABASE = "ihome";

    private static final String WRONG_PASSWORD = "28P01";

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    boolean answers() {
        try (Connection connection = connect(DATABASE, USER)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    /** @throws DataFolderUnusable if the running server refuses the password or lacks the database */
    void check(DataFolder folder) {
        try {
            connect(DATABASE, USER).close();
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new DataFolderUnusable(
                        "the password in " + folder.passwordFile() + " is not the one of the database beside it:"
                                + " restore that file from the backup that the data is from",
                        e);
            }
            throw new DataFolderUnusable(
                    "the database in " + folder.cluster() + " runs but cannot be used (" + e.getMessage()
                            + "): restore it from a backup, or choose another folder with --data",
                    e);
        }
    }

    @Override
    public String toString() {
        return jdbcUrl(DATABASE);
    }
}
