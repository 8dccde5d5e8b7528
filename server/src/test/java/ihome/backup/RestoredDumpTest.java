package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.testing.ApiClient;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A site is dumped and restored into a new cluster, which has not given its transaction ids yet. By COPY of every table, which
 * is what pg_dump and pg_restore do with rows: the embedded PostgreSQL brings neither.
 */
@Tag("timing")
final class RestoredDumpTest {
    /** Of one processor. 0.02 was measured, and 0.17 to 0.28 without the protections, on two busy cores; slower ones need more. */
    private static final double IDLE = 0.08;

    @TempDir
    private Path folder;

    /** Protections: the upper bound in ChangeStore.since, discardForeign; 60,000 rows were read 20 times a second for ever. */
    @Test
    void theNodeServesWhatWasThereAndIdles() throws Exception {
        try (EmbeddedPostgres fresh = EmbeddedPostgres.start(folder.resolve("new"));
                TestServer before = TestServer.start()) {
            long house = SampleHouse.house().publish(before.registered());
            before.sql("do 'begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end'");
            before.sql("insert into change_log (topic) select 'house:" + house + "' from generate_series(1, 60000)");
            String key = Files.readString(before.data().resolve("identity.key")).strip();
            restore(before, fresh);
            int port = FreePorts.next();
            Map<String, String> environment = Map.of(
                    "IHOME_DATABASE_URL",
                    fresh.jdbcUrl() + "?user=" + fresh.user() + "&password=" + fresh.password(),
                    "IHOME_IDENTITY_KEY",
                    key,
                    "IHOME_DATA",
                    folder.resolve("data").toString(),
                    "IHOME_PORT",
                    Integer.toString(port));
            try (NodeProcess node = NodeProcess.start(environment, folder.resolve("log"))) {
                new ApiClient(URI.create("http://127.0.0.1:" + port))
                        .get("/houses/" + house)
                        .expect("0");
                assertThat(foreignChanges(fresh)).isZero();
                assertIdles(node);
            }
        }
    }

    /** Once its start is over: in one of ten seconds, as other tests have the processor too. */
    private static void assertIdles(NodeProcess node) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Duration before = processorTime(node);
            long start = System.nanoTime();
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            double share = (double) processorTime(node).minus(before).toNanos() / (System.nanoTime() - start);
            shares.add(share);
            if (share < IDLE) {
                return;
            }
        }
        throw new AssertionError("of one processor, each time over 2 s: " + shares);
    }

    private static Duration processorTime(NodeProcess node) {
        return ProcessHandle.of(node.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private static long foreignChanges(EmbeddedPostgres fresh) throws SQLException {
        try (Connection connection = superuser(fresh);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from change_log where xid >= pg_snapshot_xmax(pg_current_snapshot())")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection superuser(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password());
    }

    /** The schema by the migrations, then every row of every table, and where the sequences are. */
    private static void restore(TestServer before, EmbeddedPostgres fresh) throws SQLException, IOException {
        try (ihome.platform.db.Database empty = new ihome.platform.db.Database(
                new ihome.platform.db.DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 1))) {
            empty.schema().migrate();
        }
        List<String> tables = before.database()
                .withConnection(
                        handle -> handle.createQuery("""
                        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1
                        """).mapTo(String.class).list());
        List<String> sequences = before.database()
                .withConnection(
                        handle -> handle.createQuery("""
                        select format('select setval(%L, %s)', sequencename, last_value) from pg_sequences
                        where last_value is not null
                        """).mapTo(String.class).list());
        try (Connection to = superuser(fresh);
                Statement statement = to.createStatement()) {
            // No foreign keys and triggers, as pg_restore makes them after the rows.
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate " + String.join(", ", tables));
            CopyManager in = to.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                before.database().withConnection(handle -> {
                    try {
                        return handle.getConnection()
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyOut("copy " + table + " to stdout", rows);
                    } catch (SQLException | IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                in.copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
            }
            for (String sequence : sequences) {
                statement.execute(sequence);
            }
        }
    }
}
