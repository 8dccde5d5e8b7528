package ihome.testing;

import java.util.Locale;

/**
 * What a site can be put together of; {@code -Dihome.test.setup=redis} and so on starts every {@link TestServer} like
 * that. {@code ./ihome test} runs the contract of the eighteen endpoints in all of them.
 */
enum SetUp {
    /** One node on PostgreSQL alone, pictures in a folder. */
    DEFAULT,
    /** One node, with Redis. */
    REDIS,
    /** Two nodes behind nginx, which hands requests to them by turns; Redis, and pictures in S3. */
    NODES,
    /** One node, with a Redis Cluster of three masters. */
    CLUSTER;

    static SetUp present() {
        return valueOf(System.getProperty("ihome.test.setup", "default").toUpperCase(Locale.ROOT));
    }
}
