package ihome;

import ihome.booking.Booking;
import ihome.limits.LimitsConfig;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The real server over real HTTP, on a database and a data folder of its own, with a clock that the test moves. It
 * believes {@code X-Forwarded-For} from loopback, so that a test can be many addresses.
 */
public final class TestServer implements AutoCloseable {
    /** Noon of a day in the site's zone: 2026-06-01 12:00 in Asia/Shanghai. */
    public static final Instant START = Instant.parse("2026-06-01T04:00:00Z");

    private static final AtomicInteger MOBILES = new AtomicInteger();

    private final TestClock clock;
    private final Path data;
    private final TestPostgres.Database postgres;
    private final Map<String, String> environment = new HashMap<>();
    private final boolean everyLimit;
    private App app;

    private TestServer(Map<String, String> environment, boolean everyLimit) {
        this(environment, everyLimit, TestPostgres.migratedDatabase(), new TestClock(START));
    }

    private TestServer(
            Map<String, String> environment, boolean everyLimit, TestPostgres.Database postgres, TestClock clock) {
        this.everyLimit = everyLimit;
        this.postgres = postgres;
        this.clock = clock;
        try {
            this.data = Files.createTempDirectory("ihome-test-data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.environment.put("IHOME_PORT", "0");
        this.environment.put("IHOME_DEV", "true");
        this.environment.put("IHOME_DATA", data.toString());
        this.environment.put(
                "IHOME_DATABASE_URL",
                postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password());
        this.environment.put("IHOME_TRUSTED_PROXIES", "127.0.0.1");
        this.environment.putAll(environment);
        this.app = startApp();
    }

    /** As with {@code --dev}: captcha texts in the outbox file, no limits per address. */
    public static TestServer start() {
        return new TestServer(Map.of(), false);
    }

    /** With options as environment variables. */
    public static TestServer start(Map<String, String> environment) {
        return new TestServer(environment, false);
    }

    /** With the limits per address too. */
    public static TestServer startWithEveryLimit() {
        return new TestServer(Map.of(), true);
    }

    /** Another node of the same site: the same database and clock, a data folder of its own. */
    public TestServer anotherNode() {
        return new TestServer(Map.of(), everyLimit, postgres, clock);
    }

    private App startApp() {
        Settings settings = new Settings(List.of(), AppConfig.FLAGS, environment);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        return new App(
                everyLimit ? config.withLimits(new LimitsConfig(config.limits().max(), true)) : config, clock);
    }

    /** Stops the server and starts it again on the same database and folder. */
    public void restart() {
        app.close();
        app = startApp();
    }

    public TestClock clock() {
        return clock;
    }

    public Path data() {
        return data;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + app.port());
    }

    public Database database() {
        return app.database();
    }

    /** The orders, for what payment and the clock do to them. */
    public Booking booking() {
        return app.booking();
    }

    public List<Route> routes() {
        return app.routes();
    }

    /** A client that is nobody yet. */
    public ApiClient client() {
        return new ApiClient(uri());
    }

    /** A mobile that no test has used. */
    public static String newMobile() {
        return String.format("139%08d", MOBILES.incrementAndGet());
    }

    /** A client that has just registered, with the password {@code lit-window-hutong}. */
    public ApiClient registered() {
        return registered(newMobile());
    }

    public ApiClient registered(String mobile) {
        ApiClient client = client();
        String code = smsCode(client, mobile);
        client.post("/users", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", "lit-window-hutong")))
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
        client.get("/imagecode/" + id).expectStatus(200);
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

    /** The outbox file's lines of a kind, oldest first. */
    public List<JsonNode> outbox(String kind) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(data.resolve("outbox.jsonl"))) {
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

    /** Runs one statement as a failing or busy store would see it. */
    public void sql(String statement) {
        database().withConnection(handle -> handle.execute(statement));
    }

    /** Moves the clock. */
    public void advance(Duration by) {
        clock.advance(by);
    }

    @Override
    public void close() {
        app.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
