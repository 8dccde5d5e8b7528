package ihome.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.App;
import ihome.AppConfig;
import ihome.booking.Booking;
import ihome.cli.Commands;
import ihome.limits.LimitsConfig;
import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.payment.PaymentModule;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The real server over real HTTP, in the {@link SetUp} of the run, on a database and a data folder of its own, with a clock that the test moves. It
 * believes {@code X-Forwarded-For} from loopback, so that a test can be many addresses.
 */
public final class TestServer implements AutoCloseable {
    /** Noon of a day in the site's zone: 2026-06-01 12:00 in Asia/Shanghai. */
    public static final Instant START = Instant.parse("2026-06-01T04:00:00Z");

    /** The password of who has {@link #registered}. */
    public static final String PASSWORD = "lit-window-hutong";

    /** For guests of tests, who hold and place more than people may. */
    static final Map<String, String> MANY_ORDERS = Map.of(
            "IHOME_LIMIT_ORDERS_OPEN_PER_ACCOUNT", "1000000",
            "IHOME_LIMIT_ORDERS_OPEN_PER_ACCOUNT_AND_HOUSE", "1000000",
            "IHOME_LIMIT_NIGHTS_HELD_PER_ACCOUNT", "1000000",
            "IHOME_LIMIT_ORDERS_EXPIRED_PER_ACCOUNT_WEEK", "1000000",
            "IHOME_LIMIT_ORDERS_PER_ACCOUNT_DAY", "1000000",
            "IHOME_LIMIT_ORDER_CHANGES_PER_ACCOUNT_DAY", "1000000",
            "IHOME_LIMIT_OCCUPANTS_PER_ACCOUNT_DAY", "1000000");

    /** The built-in cashier's key of every site of the tests: to make one for each would take longer than the start. */
    public static final String CASHIER_KEY = newCashierKey();

    private static final AtomicInteger MOBILES = new AtomicInteger();

    /** The usual bounds, but for those of an address: most tests' clients are many people behind one. */
    private static final HttpBounds USUAL = new HttpBounds(
            HttpBounds.DEFAULT.connections(),
            HttpBounds.DEFAULT.connections(),
            HttpBounds.DEFAULT.concurrent(),
            HttpBounds.DEFAULT.concurrent(),
            HttpBounds.DEFAULT.queued(),
            HttpBounds.DEFAULT.queueWait(),
            HttpBounds.DEFAULT.uploads(),
            HttpBounds.DEFAULT.requestLine(),
            HttpBounds.DEFAULT.headers(),
            HttpBounds.DEFAULT.read(),
            HttpBounds.DEFAULT.idle(),
            HttpBounds.DEFAULT.memory());

    private final TestClock clock;
    private final Path data;
    private final TestPostgres.Database postgres;
    private final Map<String, String> environment = new HashMap<>();
    private final boolean everyLimit;
    private final HttpBounds bounds;
    private final SharedState state;
    private final PictureStore pictures;
    private final boolean oneOfMany;
    /** The way to the database that can be broken; null: there is none between. */
    private final @Nullable FaultProxy databaseWay;
    /** More nodes of the site, that requests go to by turns with the first. */
    private final List<TestServer> others = new ArrayList<>();

    /** The balancer's port, where there is one. */
    private final int entrance = FreePorts.next();

    private App app;
    private @Nullable Nginx nginx;

    private TestServer(Map<String, String> environment, boolean everyLimit, HttpBounds bounds) {
        this(environment, everyLimit, bounds, false);
    }

    private TestServer(Map<String, String> environment, boolean everyLimit, HttpBounds bounds, boolean breakable) {
        this.everyLimit = everyLimit;
        this.bounds = bounds;
        this.postgres = TestPostgres.migratedDatabase();
        this.clock = new TestClock(START);
        this.data = newFolder();
        this.oneOfMany = false;
        int port = URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
        this.databaseWay = breakable ? new FaultProxy(port) : null;
        SetUp setUp = SetUp.present();
        if (setUp == SetUp.NODES) {
            assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        }
        String redis = environment.get("IHOME_REDIS_URL");
        this.state = redis != null
                ? RedisState.chosen(redis)
                : switch (setUp) {
                    case DEFAULT -> new DatabaseState(this);
                    case REDIS, NODES -> RedisState.fresh(this::awaitRedis);
                    case CLUSTER -> RedisState.cluster(this::awaitRedis);
                };
        this.pictures = setUp == SetUp.NODES && !environment.containsKey("IHOME_MEDIA")
                ? new PictureStore.Bucket()
                : new PictureStore.Folder(data.resolve("blobs"));
        this.environment.put("IHOME_PORT", "0");
        this.environment.put("IHOME_DEV", "true");
        // A test looks at what has just happened.
        this.environment.put("IHOME_METRICS_AGE", "0s");
        this.environment.put(
                "IHOME_DATABASE_URL",
                databaseWay == null
                        ? databaseUrl()
                        // Each commit is sent as a word, which the proxy waits for.
                        : databaseUrl().replace(":" + port + "/", ":" + databaseWay.port() + "/")
                                + "&prepareThreshold=0");
        this.environment.put("IHOME_TRUSTED_PROXIES", "127.0.0.1");
        this.environment.putAll(state.environment());
        this.environment.putAll(pictures.environment());
        if (setUp == SetUp.NODES) {
            this.environment.put("IHOME_DATABASE_POOL", "8");
            this.environment.put("IHOME_PUBLIC_URL", "http://localhost:" + entrance);
            // The next request may come to the other node before it has heard of this one's change (200 ms).
            this.environment.put("IHOME_CACHE_HEAP", "0");
            this.environment.put("IHOME_SEARCH_INDEX", "off");
        }
        this.environment.put("IHOME_DATA", data.toString());
        this.environment.put("IHOME_CASHIER_KEY", CASHIER_KEY);
        // A host of the tests publishes more than people do.
        this.environment.put("IHOME_LIMIT_HOUSES_PER_ACCOUNT_DAY", "100000");
        this.environment.put("IHOME_LIMIT_HOUSES_PER_ACCOUNT", "100000");
        this.environment.putAll(MANY_ORDERS);
        this.environment.putAll(environment);
        this.app = startApp();
        awaitRedisAtTheStart();
        if (setUp == SetUp.NODES) {
            others.add(anotherNode());
            linkOutboxes();
            startNginx();
        }
    }

    /** Another node of a site that is there. */
    private TestServer(TestServer first, Map<String, String> environment) {
        this.everyLimit = first.everyLimit;
        this.bounds = first.bounds;
        this.postgres = first.postgres;
        this.clock = first.clock;
        this.state = first.state;
        this.pictures = first.pictures;
        this.data = newFolder();
        this.oneOfMany = true;
        this.databaseWay = null; // The first one's.
        this.environment.putAll(environment);
        this.environment.put("IHOME_DATA", data.toString());
        this.app = startApp();
        awaitRedisAtTheStart();
    }

    public static String newCashierKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("ihome-test-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whichever node writes a message: a test finds it in one file. */
    private void linkOutboxes() {
        Path file = data.resolve("outbox.jsonl");
        try {
            Files.createFile(file);
            for (TestServer node : others) {
                Files.createSymbolicLink(node.data.resolve("outbox.jsonl"), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startNginx() {
        List<Integer> ports = new ArrayList<>(List.of(app.port()));
        others.forEach(node -> ports.add(node.app.port()));
        nginx = Nginx.start(data.resolve("nginx"), entrance, ports);
    }

    /** A node waits for Redis a short while only; on a slow machine it starts without it, and has it a moment later. */
    private void awaitRedisAtTheStart() {
        if (environment.containsKey("IHOME_REDIS_URL")) {
            Await.until("Redis is there", () -> redisIsThere(app));
        }
    }

    /** Redis is there again for every node that a test has taken it away from. */
    private void awaitRedis() {
        Await.until(() -> redisIsThere(app) && others.stream().allMatch(node -> redisIsThere(node.app)));
    }

    private static boolean redisIsThere(App app) {
        return new ApiClient(uri(app)).get("//metrics").text().contains("ihome_redis_up 1.0");
    }

    /** As with {@code --dev}: captcha texts in the outbox file, no limits per address. */
    public static TestServer start() {
        return new TestServer(Map.of(), false, USUAL);
    }

    /** With options as environment variables. */
    public static TestServer start(Map<String, String> environment) {
        return new TestServer(environment, false, USUAL);
    }

    /** With other bounds of the HTTP server. */
    public static TestServer start(HttpBounds bounds) {
        return new TestServer(Map.of(), false, bounds);
    }

    /** With options as environment variables and other bounds of the HTTP server. */
    public static TestServer start(Map<String, String> environment, HttpBounds bounds) {
        return new TestServer(environment, false, bounds);
    }

    /** With the limits per address too. */
    public static TestServer startWithEveryLimit() {
        return new TestServer(Map.of(), true, USUAL);
    }

    /** With a Redis database of its own, whatever the set-up of the run. */
    public static TestServer startWithRedis() {
        return start(Map.of("IHOME_REDIS_URL", TestRedis.freshDatabase()));
    }

    /** With a way to the database, {@link #databaseWay}, that can be broken. */
    public static TestServer startBreakable(Map<String, String> environment, HttpBounds bounds) {
        return new TestServer(environment, false, bounds, true);
    }

    public FaultProxy databaseWay() {
        return Objects.requireNonNull(databaseWay, "started without");
    }

    /** Past everything that is broken; it may be asked while nothing comes through to the node. */
    public Database openDatabase() {
        return new Database(new DatabaseConfig(databaseUrl(), null, null, 2));
    }

    private String databaseUrl() {
        return postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
    }

    /** Whether searches are answered from memory at this moment. */
    public boolean searchesFromMemory() {
        return app.searchesFromMemory();
    }

    /** Whether this node has heard of every change that was committed before this {@link System#nanoTime}. */
    public boolean hasHeardSince(long nanos) {
        return app.hasHeardSince(nanos);
    }

    /** Another node of the same site: the same database, clock and identity key, a data folder of its own. */
    public TestServer anotherNode() {
        return anotherNode(Map.of());
    }

    /** Another node, with some options of its own. */
    public TestServer anotherNode(Map<String, String> different) {
        Map<String, String> same = new HashMap<>(environment);
        same.remove("IHOME_DATA");
        try {
            same.put(
                    "IHOME_IDENTITY_KEY",
                    Files.readString(data.resolve("identity.key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        same.putAll(different);
        return new TestServer(this, same);
    }

    /** With the limits per address too, and options as environment variables. */
    public static TestServer startWithEveryLimit(Map<String, String> environment) {
        return new TestServer(environment, true, USUAL);
    }

    private App startApp() {
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, environment);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        LimitsConfig limits = everyLimit ? new LimitsConfig(config.limits().max(), true) : config.limits();
        return new App(config.with(bounds, limits), clock);
    }

    /** Stops the server and starts it again on the same database and folder. */
    public void restart() {
        if (nginx != null) {
            nginx.close();
        }
        app.close();
        app = startApp();
        others.forEach(TestServer::restart);
        if (nginx != null) {
            startNginx();
        }
    }

    public TestClock clock() {
        return clock;
    }

    public Path data() {
        return data;
    }

    /** Where clients send their requests: the balancer, where there is one. */
    public URI uri() {
        return nginx == null ? uri(app) : URI.create("http://127.0.0.1:" + nginx.port());
    }

    private static URI uri(App app) {
        return URI.create("http://127.0.0.1:" + app.port());
    }

    public int port() {
        return uri().getPort();
    }

    /** A client of one node's {@code --management-address}, which it was started with. */
    public ApiClient managementClient() {
        return new ApiClient(URI.create("http://127.0.0.1:" + managementPort()));
    }

    public int managementPort() {
        return app.managementPort();
    }

    /** Where sessions, codes, limits and answers are. */
    public SharedState state() {
        return state;
    }

    /** Where the pictures are. */
    public PictureStore pictures() {
        return pictures;
    }

    /** Stops the server for good; {@link #close} still has to be called. */
    public void stop() {
        app.close();
    }

    public Database database() {
        return app.database();
    }

    /** The orders, for what payment and the clock do to them. */
    public Booking booking() {
        return app.booking();
    }

    /** Payments, for what the clock does to them. */
    public PaymentModule payments() {
        return app.payments();
    }

    /** What the features stand on. */
    public Platform platform() {
        return app.platform();
    }

    /** The features. */
    public List<FeatureModule> modules() {
        return app.modules();
    }

    /** One of the features. */
    public <M extends FeatureModule> M module(Class<M> type) {
        return modules().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    public List<Route> routes() {
        return app.routes();
    }

    /** A client that is nobody yet. */
    public ApiClient client() {
        return new ApiClient(uri(), this::awaitOtherNodes);
    }

    /** The contract gives other nodes 200 ms to learn of a change; the next request may go to one of them. */
    private void awaitOtherNodes() {
        long answered = System.nanoTime();
        Await.until(() -> others.stream().allMatch(node -> node.app.hasHeardSince(answered))
                && (others.isEmpty() || app.hasHeardSince(answered)));
    }

    /** A client of one node, for what a balancer does not let through. */
    public ApiClient nodeClient() {
        return new ApiClient(uri(app));
    }

    /** A mobile that no test has used. */
    public static String newMobile() {
        return String.format("139%08d", MOBILES.incrementAndGet());
    }

    /** A client that has just registered, with the password {@link #PASSWORD}. */
    public ApiClient registered() {
        return registered(newMobile());
    }

    public ApiClient registered(String mobile) {
        return registered(client(), mobile);
    }

    /** The client, after it has registered. */
    public ApiClient registered(ApiClient client, String mobile) {
        String code = smsCode(client, mobile);
        client.post("/users", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", PASSWORD)))
                .expect("0");
        return client;
    }

    /** Goes through captcha and SMS; returns the code. */
    public String smsCode(ApiClient client, String mobile) {
        String id = UUID.randomUUID().toString();
        client.get("/smscode/" + mobile + "?text=" + captcha(client, id) + "&id=" + id)
                .expect("0", "发送成功");
        return lastCode(mobile);
    }

    /** Fetches a captcha and returns its text. */
    public String captcha(ApiClient client, String id) {
        if (others.isEmpty()) {
            client.get("/imagecode/" + id).expectStatus(200);
        } else {
            // A node whose Redis was broken by the test before may not have noticed on every connection that it is
            // back.
            Await.until(
                    () -> client.get("/imagecode/" + id).header("Content-Type").startsWith("image"));
        }
        return outbox("captcha").stream()
                .filter(line -> line.path("id").asString().equals(id))
                .reduce((_, last) -> last)
                .orElseThrow()
                .path("text")
                .asString();
    }

    /** The last SMS code that was sent to a mobile. */
    public String lastCode(String mobile) {
        return outbox("sms").stream()
                .filter(line -> line.path("mobile").asString().equals(mobile))
                .reduce((_, last) -> last)
                .orElseThrow()
                .path("code")
                .asString();
    }

    /** The outbox file's lines of a kind, oldest first; without one that is just being written. */
    public List<JsonNode> outbox(String kind) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            String text = Files.readString(data.resolve("outbox.jsonl"));
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode node = Json.parse(line);
                if (node.path("kind").asString().equals(kind)) {
                    lines.add(node);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Json.MalformedJson e) {
            throw new AssertionError(e);
        }
        return lines;
    }

    /** Runs one statement as a failing or busy store would see it. What keeps copies hears of it. */
    public void sql(String statement) {
        Await.until(() -> executed(statement));
        everythingMayHaveChanged();
    }

    /** For tests that write past the server: what keeps copies begins anew. */
    public void everythingMayHaveChanged() {
        app.everythingMayHaveChanged();
        others.forEach(node -> node.app.everythingMayHaveChanged());
    }

    /** What a command beside the server is told. */
    public Map<String, String> commandEnvironment() {
        Map<String, String> options = new HashMap<>(environment);
        options.keySet().removeIf(name -> name.equals("IHOME_PORT") || name.equals("IHOME_DEV"));
        return options;
    }

    /** Runs a command of {@code ./ihome} on this site, beside the running server; what it prints. */
    public String command(String name, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Commands.run(name, List.of(words), commandEnvironment(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Does now what the server does by the minute and the hour. */
    public void sweep() {
        app.runJobs();
    }

    /** Waits until searches are answered from memory. */
    public void awaitSearchIndex() {
        Await.until(() -> app.searchesFromMemory());
    }

    /** Not so when it met what the nodes do in the background, and PostgreSQL let those go first. */
    private boolean executed(String statement) {
        try {
            database().withConnection(handle -> handle.execute(statement));
            return true;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && "40P01".equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** As if nobody had used up any limit. */
    public void forgetLimits() {
        state.forgetLimits();
    }

    /** How many rows a table has. */
    public int rows(String table) {
        return number("select count(*) from " + table);
    }

    /** The one number that a query answers. */
    public int number(String query) {
        return database()
                .withConnection(
                        handle -> handle.createQuery(query).mapTo(int.class).one());
    }

    /** The one text that a query answers; empty for null. */
    public String text(String query) {
        return database()
                .withConnection(
                        handle -> handle.createQuery(query).mapTo(String.class).findOne())
                .orElse("");
    }

    /** The texts that a query answers. */
    public List<String> texts(String query) {
        return database()
                .withConnection(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    /** While it works, the database has no such table. */
    public void without(String table, Runnable work) {
        sql("alter table " + table + " rename to hidden_" + table);
        try {
            work.run();
        } finally {
            sql("alter table hidden_" + table + " rename to " + table);
        }
    }

    /** While it works, the database refuses to change a table ({@code insert}, {@code update} or {@code delete}). */
    public void refusing(String change, String table, Runnable work) {
        sql("create function refuse() returns trigger language plpgsql as "
                + "'begin raise exception using message = ''disk full'', errcode = ''53100''; end'");
        sql("create trigger refuse before " + change + " on " + table
                + " for each statement execute function refuse()");
        try {
            work.run();
        } finally {
            sql("drop function refuse() cascade");
        }
    }

    /** Files that hold stored pictures, half-written ones too. */
    public long storedFiles() {
        return pictures.files();
    }

    /** Moves the clock, and Redis's with it; with a negative duration back. */
    public void advance(Duration by) {
        clock.advance(by);
        state.advance(by);
    }

    /** Sets the clock, and Redis's with it. */
    public void setTime(Instant to) {
        advance(Duration.between(clock.instant(), to));
    }

    @Override
    public void close() {
        if (nginx != null) {
            nginx.close();
        }
        others.forEach(TestServer::close);
        app.close();
        if (databaseWay != null) {
            databaseWay.close();
        }
        if (!oneOfMany) {
            pictures.close();
            state.close();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
