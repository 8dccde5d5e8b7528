package ihome.platform.db;

import org.jspecify.annotations.Nullable;

/**
 * How to reach PostgreSQL.
 *
 * @param jdbcUrl {@code jdbc:postgresql://…}
 * @param user null when the URL names it
 * @param password null when the URL names it
 * @param poolSize most connections at once
 */
public record DatabaseConfig(
        String jdbcUrl, @Nullable String user, @Nullable String password, int poolSize) {
    public static final int DEFAULT_POOL_SIZE = 16;

    @Override
    public String toString() {
        return "DatabaseConfig[" + jdbcUrl.replaceAll("\\?.*", "") + ", poolSize=" + poolSize + "]";
    }
}
