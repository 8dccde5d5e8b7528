package ihome.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.TestPostgres;
import java.sql.Connection;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the server has ended is given to nobody, also when it was only being opened then. */
final class DiscardedConnectionsTest {
    private final TestPostgres.Database own = TestPostgres.migratedDatabase();
    private final ServerAddress server =
            new ServerAddress(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 1), false);

    /** Protection: the comparison in FailFastDataSource.getConnection; without it the first connection is handed out. */
    @Test
    void oneThatIsBeingOpenedIsDiscardedToo() throws Exception {
        DiscardDuringFirst during = new DiscardDuringFirst();
        try (Connection connection = during.source.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(during.asked).isEqualTo(2);
    }

    /** Says where the server is; the first time, all connections are discarded before the answer comes. */
    private final class DiscardDuringFirst implements Supplier<ServerAddress> {
        private final FailFastDataSource source = new FailFastDataSource(this);
        private int asked;

        @Override
        public ServerAddress get() {
            if (++asked == 1) {
                source.discardOpening();
            }
            return server;
        }
    }
}
