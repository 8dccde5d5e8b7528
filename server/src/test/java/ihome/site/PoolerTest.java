package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.booking.Market;
import ihome.cli.Commands;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.DatabaseUnusable;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.CashierDesk;
import ihome.testing.PoolingProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the program and the database is a connection pooler in transaction mode, such as PgBouncer. */
@Tag("timing")
final class PoolerTest {
    @TempDir
    private Path folder;

    private final TestPostgres.Database server = TestPostgres.freshDatabase();
    private final String direct = server.jdbcUrl() + "?user=" + server.user() + "&password=" + server.password();
    private final PoolingProxy pooler = new PoolingProxy(direct);

    @AfterEach
    void close() {
        pooler.close();
    }

    private String url(PoolingProxy way) {
        return server.jdbcUrl().replaceAll(":\\d+/", ":" + way.port() + "/") + "?user=" + server.user();
    }

    private static Database database(String url) {
        return new Database(4, () -> new DatabaseConfig(url, null, null, 4));
    }

    /**
     * Protections: ServerAddress (no statements prepared by name, no options), StartCheck's second look, Database's wait for
     * it, UnlimitedMigrations, beginSnapshot in the index's Loader.
     */
    @Test
    void aNodeMigratesAndServesAsUsual() throws SQLException {
        try (Market market = new Market(Map.of("IHOME_DATABASE_URL", url(pooler)))) {
            assertThat(market.server.database().isPooled()).isTrue();
            long house = market.instantHouse();
            // Often enough for the driver to begin to prepare by name.
            for (int day = 0; day < 12; day++) {
                market.guest.get("/houses/" + house).expect("0");
                assertThat(CashierDesk.pay(market.guest, market.booked(house, day, day + 1)))
                        .isTrue();
            }
            market.server.awaitSearchIndex();
            assertThat(market.guest
                            .get("/houses?sd=" + Market.TODAY.plusDays(3) + "&ed=" + Market.TODAY.plusDays(5))
                            .data()
                            .path("houses"))
                    .isEmpty();
            market.guest.get("//health/ready").expect("0");
            market.server.restart();
            market.server.client().get("/houses/" + house).expect("0");
        }
        assertThat(leftInSessions()).isEmpty();
    }

    /** Protections: pg_try_advisory_xact_lock in IdentityKeyStore.lock, set local in SeedStore.lock, beginSnapshot. */
    @Test
    void commandsLeaveNothingBehindInSessions() throws Exception {
        Map<String, String> environment = Map.of(
                "IHOME_DATABASE_URL",
                url(pooler),
                "IHOME_DATA",
                folder.resolve("data").toString());
        Commands.run("seed", List.of("--houses", "20", "--stays", "10"), environment, System.out);
        Commands.run("keys", List.of("rotate"), environment, System.out);
        // The lock of the first is not held any more, on whichever connection.
        Commands.run("keys", List.of("rotate"), environment, System.out);
        Commands.run("backup", List.of(folder.resolve("backup").toString()), environment, System.out);
        Commands.run("ledger", List.of("check"), environment, System.out);
        Commands.run("audit", List.of(), environment, System.out);
        assertThat(leftInSessions()).isEmpty();
    }

    /** Protection: Database.beginSnapshot; with the driver's level of isolation a backup is of several states. */
    @Test
    void aLongSnapshotIsOneState() {
        try (Database pooled = database(url(pooler))) {
            pooled.awaitServer(_ -> {});
            pooled.withConnection(handle -> handle.execute("create table line (id int)"));
            for (int round = 0; round < 8; round++) {
                assertThat((long) pooled.inLongSnapshot(tx -> {
                            long before = tx.createQuery("select count(*) from line")
                                    .mapTo(long.class)
                                    .one();
                            pooled.withConnection(other -> other.execute("insert into line values (1)"));
                            return tx.createQuery("select count(*) from line")
                                            .mapTo(long.class)
                                            .one()
                                    - before;
                        }))
                        .isZero();
            }
        }
    }

    /** Protection: StartCheck.advice; else it is asked again for as long as it may take. */
    @Test
    void aParameterOfTheAddressThatThePoolerRefusesEndsTheStart() {
        try (Database database = database(url(pooler) + "&options=-c%20geqo=off")) {
            assertThatThrownBy(() -> database.awaitServer(Duration.ofSeconds(20), _ -> {}))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining("unsupported startup parameter: options")
                    .hasMessageContaining("ignore_startup_parameters");
        }
    }

    /** A pooler that ignores options is found out by the number of the server process. */
    @Test
    void aPoolerThatIgnoresEverythingIsRecognised() {
        try (PoolingProxy silent = new PoolingProxy(direct, "options");
                Database pooled = database(url(silent));
                Database unpooled = database(direct)) {
            pooled.awaitServer(_ -> {});
            assertThat(pooled.isPooled()).isTrue();
            unpooled.awaitServer(_ -> {});
            assertThat(unpooled.isPooled()).isFalse();
        }
    }

    /**
     * What was set or locked outside a transaction, and stays for whoever is given that server process next. Left out are
     * what the driver sets to the same on all of them, what belongs to this transaction, and Flyway's search path, which
     * names the default one's schemas again.
     */
    private List<String> leftInSessions() throws SQLException {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < pooler.servers(); i++) {
            pooler.pin(i);
            try (Connection connection = DriverManager.getConnection(url(pooler) + "&prepareThreshold=0");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select name || ' = ' || setting from pg_settings
                            where source = 'session' and name not in ('extra_float_digits', 'application_name',
                                'transaction_isolation', 'transaction_read_only', 'search_path')
                            union all select 'lock ' || objid from pg_locks
                            where locktype = 'advisory' and pid = pg_backend_pid()
                            union all select 'prepared ' || name from pg_prepared_statements
                            """)) {
                while (rows.next()) {
                    left.add(rows.getString(1));
                }
            }
        }
        return left;
    }
}
