package ihome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.identity.WrongIdentityKey;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.outbox.Outbox;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one database. */
class NodesTest {
    @TempDir
    Path folder;

    @Test
    void fourNodesStartTogetherOnAnEmptyDatabase() throws Exception {
        TestPostgres.Database empty = TestPostgres.freshDatabase();
        String key = newKey();
        List<Callable<App>> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            AppConfig config = config(empty, "node" + i, Map.of("IHOME_IDENTITY_KEY", key));
            starts.add(() -> new App(config, Clock.systemUTC()));
        }
        List<App> nodes = together(starts);
        try {
            for (App node : nodes) {
                new ApiClient(java.net.URI.create("http://127.0.0.1:" + node.port()))
                        .get("/areas")
                        .expect("0");
            }
            long applied = nodes.getFirst()
                    .database()
                    .withConnection(handle -> handle.createQuery(
                                    "select count(*) - count(distinct version) from flyway_schema_history where success")
                            .mapTo(long.class)
                            .one());
            assertThat(applied).as("migrations that ran twice").isZero();
        } finally {
            nodes.forEach(App::close);
        }
    }

    @Test
    void aNodeWithAnotherIdentityKeyDoesNotStart() {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        new App(config(database, "first", Map.of()), Clock.systemUTC()).close();
        // The same node again, with the key that it made for itself.
        new App(config(database, "first", Map.of()), Clock.systemUTC()).close();

        AppConfig other = config(database, "second", Map.of("IHOME_IDENTITY_KEY", newKey()));
        assertThatThrownBy(() -> new App(other, Clock.systemUTC()))
                .isInstanceOf(WrongIdentityKey.class)
                .hasMessageContaining("of the configuration is not the one this database was filled with");
        AppConfig keyless = config(database, "third", Map.of());
        assertThatThrownBy(() -> new App(keyless, Clock.systemUTC()))
                .isInstanceOf(WrongIdentityKey.class)
                .hasMessageContaining("set IHOME_IDENTITY_KEY");
        assertThat(folder.resolve("third/identity.key"))
                .as("a key that opens nothing")
                .doesNotExist();
    }

    @Test
    void twoNodesDeliverEveryMessageOnce() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        ConcurrentLinkedQueue<String> delivered = new ConcurrentLinkedQueue<>();
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
        try (Database one = open(database);
                Database two = open(database)) {
            one.inTransaction(transaction -> {
                Outbox adding = new Outbox(one, Clock.systemUTC()).deliverBy(Map.of("test", _ -> {}));
                for (int i = 0; i < 400; i++) {
                    adding.add(transaction, "test", Map.of("n", i));
                }
                return null;
            });
            List<Callable<Integer>> nodes = new ArrayList<>();
            for (Database node : List.of(one, two, one, two)) {
                Outbox outbox = new Outbox(node, later)
                        .deliverBy(Map.of(
                                "test",
                                message -> delivered.add(message.path("n").asString())));
                nodes.add(() -> {
                    int tried = 0;
                    for (int round = outbox.deliverDue(); round > 0; round = outbox.deliverDue()) {
                        tried += round;
                    }
                    return tried;
                });
            }
            assertThat(together(nodes).stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(400);
            assertThat(delivered).hasSize(400).doesNotHaveDuplicates();
            long left = one.withConnection(handle -> handle.createQuery("select count(*) from outbox")
                    .mapTo(long.class)
                    .one());
            assertThat(left).isZero();
        }
    }

    @Test
    void anUnusableDatabaseAddressIsAMistakeThatDoesNotRepeatThePassword() {
        Settings settings = new Settings(
                List.of(), AppConfig.FLAGS, Map.of("IHOME_DATABASE_URL", "postgres://u:s3cret@/name with blank"));
        AppConfig.from(settings);
        assertThatThrownBy(settings::check)
                .hasMessageStartingWith("--database-url (IHOME_DATABASE_URL) should be")
                .hasMessageNotContaining("s3cret");
    }

    private AppConfig config(TestPostgres.Database database, String node, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("IHOME_PORT", "0");
        environment.put("IHOME_DATA", folder.resolve(node).toString());
        environment.put(
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password());
        environment.put("IHOME_DATABASE_POOL", "4");
        environment.put("IHOME_CASHIER_KEY", TestServer.CASHIER_KEY);
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, environment);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        return config;
    }

    private static Database open(TestPostgres.Database database) {
        return new Database(new DatabaseConfig(database.jdbcUrl(), database.user(), database.password(), 4));
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
