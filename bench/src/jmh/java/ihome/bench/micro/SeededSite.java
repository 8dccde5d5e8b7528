package ihome.bench.micro;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.search.index.SearchIndex;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The index over a data folder that {@code ./ihome seed} made: {@code -jvmArgsAppend -Dihome.bench.data=DIR}. */
@State(Scope.Benchmark)
public class SeededSite {
    SearchIndex index;
    private EmbeddedPostgres postgres;
    private Database database;

    @Setup(Level.Trial)
    public void open(Views rendering) {
        Path data = Path.of(System.getProperty("ihome.bench.data", "target/bench/site-1000000-5000000"))
                .toAbsolutePath();
        postgres = EmbeddedPostgres.attachOrStart(data);
        database = new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 4));
        index = new SearchIndex(database, rendering.time, rendering.views, () -> true, new PrometheusRegistry());
        index.start();
        while (!index.isReady()) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        index.close();
        database.close();
        postgres.close();
    }
}
