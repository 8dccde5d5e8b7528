package ihome.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import ihome.backup.Backup;
import ihome.booking.Market;
import ihome.platform.config.Secret;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Canary;
import ihome.testing.CashierDesk;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.StoredFiles;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Somebody with a made-up mobile, name and identity number walks through the product, and everything goes wrong that can.
 * Then those three are sought wherever they must not be.
 */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "redis|nodes|cluster",
        disabledReason = "has a Redis of its own in every set-up")
@Tag("slow")
class PersonalDataCanaryTest {
    private static final String MOBILE = "18655240917";
    private static final String REAL_NAME = "欧阳麒麟鸾";
    private static final String NUMBER = "530102198407284315";

    private static final Canary NAME = Canary.name(REAL_NAME);
    private static final Canary IDENTITY = Canary.identityNumber(NUMBER);
    private static final Canary PHONE = Canary.mobile(MOBILE);

    /** Where the host's house is and how to get in: in clear in the database, and with nobody but the host. */
    private static final String DOOR_TEXT = "貔貅胡同甲九号院";

    private static final String GUIDE_TEXT = "门锁暗号螽斯振羽";
    private static final Canary DOOR = Canary.name(DOOR_TEXT);
    private static final Canary GUIDE = Canary.name(GUIDE_TEXT);

    /** What the two sides say of a deposit: for them and for operators. */
    private static final String CLAIM_TEXT = "打碎了窸窣纹落地灯";

    private static final String ANSWER_TEXT = "灯罩早有龃龉";
    /** What a host says of a guest, and what the guest says of that: for the two, and operators. */
    private static final String OF_GUEST_TEXT = "客人如饕餮夜半喧哗";

    private static final String REPORT_TEXT = "此言实为魑魅魍魉";
    private static final Canary OF_GUEST = Canary.name(OF_GUEST_TEXT);
    private static final Canary REPORT = Canary.name(REPORT_TEXT);
    private static final Canary CLAIM = Canary.name(CLAIM_TEXT);
    private static final Canary ANSWER = Canary.name(ANSWER_TEXT);

    /** Who sleeps in the house: read by nobody, and masked by who has named them. */
    private static final String OCCUPANT_TEXT = "龚龘骉";

    private static final String OCCUPANT_NUMBER = "320502197509160821";
    private static final Canary OCCUPANT = Canary.name(OCCUPANT_TEXT);
    private static final Canary OCCUPANT_ID = Canary.identityNumber(OCCUPANT_NUMBER);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("ihome");
    private final List<String> toOthers = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.startWithRedis();
        log.start();
        root.addAppender(log);
        own.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        own.setLevel(Level.INFO);
        server.close();
    }

    private void failing(Reply reply) {
        assertThat(reply.errno()).isNotEqualTo("0");
        errors.add(reply.text());
    }

    private static String identity(String name, String number) {
        return Json.text(Map.of("real_name", name, "id_card", number));
    }

    /** Everything that a host with these three does, with everything that can go wrong on the way. */
    private ApiClient walk() {
        ApiClient host = server.registered(MOBILE);
        server.forgetLimits();
        String again = server.smsCode(server.client(), MOBILE);
        failing(server.client()
                .post(
                        "/users",
                        Json.text(Map.of("mobile", MOBILE, "sms_code", again, "password", TestServer.PASSWORD))));
        failing(server.client().post("/sessions", Json.text(Map.of("mobile", MOBILE, "password", "not-this-one"))));
        failing(server.client().post("/sessions", Json.text(Map.of("mobile", MOBILE + "7", "password", "x"))));
        failing(server.client().get("/smscode/" + MOBILE + "?text=none&id=7d0a4c52-3f1e-4c8a-9a41-5b1f0f4f2c11"));

        failing(host.post("/user/auth", identity(REAL_NAME, NUMBER.substring(0, 17) + "9")));
        failing(host.post("/user/auth", identity(REAL_NAME.repeat(20), NUMBER)));
        failing(host.post("/user/auth", "{\"real_name\": \"" + REAL_NAME + "\", \"id_card\": \"" + NUMBER + "\""));
        failing(host.send("POST", "/user/auth", "text/plain", BodyPublishers.ofString(identity(REAL_NAME, NUMBER))));
        server.refusing("update", "account", () -> failing(host.post("/user/auth", identity(REAL_NAME, NUMBER))));
        server.without("account", () -> {
            failing(host.post("/user/auth", identity(REAL_NAME, NUMBER)));
            failing(host.get("/user/auth"));
            failing(server.client()
                    .post("/sessions", Json.text(Map.of("mobile", MOBILE, "password", TestServer.PASSWORD))));
        });
        host.post("/user/auth", identity(REAL_NAME, NUMBER)).expect("0");
        failing(host.post("/user/auth", identity(REAL_NAME, NUMBER)));
        // A value that was altered in the database does not open, which nobody foresees.
        server.sql("update account set id_card = set_byte(id_card, 30, get_byte(id_card, 30) # 1) where mobile = '"
                + MOBILE + "'");
        failing(host.get("/user/auth"));
        server.sql("update account set id_card = set_byte(id_card, 30, get_byte(id_card, 30) # 1) where mobile = '"
                + MOBILE + "'");
        assertThat(host.get("/user/auth").expect("0").text()).contains(REAL_NAME);
        IDENTITY.in(host.get("/user/auth").text()).ifPresent(found -> {
            throw new AssertionError("not masked: " + found);
        });
        host.get("/user/export").expect("0");
        return host;
    }

    /** Somebody else books with this host, and looks at all there is to look at. */
    private void others(ApiClient host) {
        long house = SampleHouse.house()
                .with("door", Json.text(DOOR_TEXT))
                .with("arrival_guide", Json.text(GUIDE_TEXT))
                .publish(host);
        failing(host.put("/houses/" + house, Json.text(Map.of("door", DOOR_TEXT.repeat(30)))));
        failing(host.put("/houses/" + house, Json.text(Map.of("arrival_guide", GUIDE_TEXT + "\u200b"))));
        server.refusing(
                "update",
                "house_arrival",
                () -> failing(host.put("/houses/" + house, Json.text(Map.of("door", DOOR_TEXT + "二")))));
        assertThat(host.get("/user/houses/" + house).expect("0").text()).contains(DOOR_TEXT, GUIDE_TEXT);
        host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(800, 600))
                .expect("0");
        ApiClient guest = server.registered();
        long order = guest.post(
                        "/orders",
                        Json.text(Map.of("house_id", house, "start_date", "2026-07-01", "end_date", "2026-07-04")))
                .expect("0")
                .data()
                .path("order_id")
                .asLong();
        host.put("/orders/" + order + "/status", "{\"action\": \"accept\"}").expect("0");
        for (String path : List.of(
                "/user",
                "/user/auth",
                "/user/export",
                "/session",
                "/sessions",
                "/user/orders?role=custom",
                "/orders/" + order,
                "/user/notices",
                "/user/favourites")) {
            toOthers.add(guest.get(path).text());
        }
        for (ApiClient anybody : List.of(guest, server.client())) {
            for (String path : List.of(
                    "/houses",
                    "/houses?aid=1",
                    "/houses/index",
                    "/houses/" + house,
                    "//houses/" + house,
                    "/areas",
                    "/houses/" + house + "/calendar",
                    "//metrics",
                    "//health/ready",
                    "//openapi.yaml",
                    "//")) {
                toOthers.add(anybody.get(path).text());
            }
        }
        server.advance(Duration.ofSeconds(1));
        server.sweep();
    }

    /** The one with the three is a guest too: books, pays, stays and comments; the host and everybody looks. */
    private void stay(ApiClient person) {
        ApiClient other = server.registered();
        long house = SampleHouse.house().with("instant_booking", true).publish(other);
        LocalDate night = Market.TODAY.plusDays(2);
        long order = Market.order(Market.book(person, house, night, night.plusDays(2)));
        String payUrl = person.post("/orders/" + order + "/payment", "")
                .expect("0")
                .data()
                .path("pay_url")
                .asString();
        URI cashier = URI.create(payUrl);
        String page = "/" + cashier.getRawPath() + "?" + cashier.getRawQuery();
        toOthers.add(server.client().get(page).expectStatus(200).text());
        failing(server.registered().post("/orders/" + order + "/payment", ""));
        server.refusing(
                "insert",
                "ledger_posting",
                () -> errors.add(CashierDesk.decide(server.client(), payUrl).text()));
        server.advance(Duration.ofMinutes(2)); // Open payments are asked about.
        Await.until(() -> {
            toOthers.add(server.client().get(page).text());
            return person.get("/orders/" + order)
                    .data()
                    .path("status")
                    .asString()
                    .equals("PAID");
        });
        failing(person.post("/orders/" + order + "/payment", ""));
        occupants(other, person, order);
        failing(comment(person, order));
        server.advance(Duration.ofDays(5));
        Await.until("the comment is taken", () -> comment(person, order).errno(), "0"::equals);
        other.put("/orders/" + order + "/reply", "{\"reply\": \"欢迎再来\"}").expect("0");
        for (String path : List.of(
                "/user/orders?role=landlord",
                "/orders/" + order,
                "/user/notices",
                "/user/houses",
                "/user/houses/occupancy?month=2026-06",
                "/user/income?month=2026-06",
                "/user/export",
                "/houses/" + house,
                "//houses/" + house,
                "//metrics")) {
            Reply reply = other.get(path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            toOthers.add(reply.text());
        }
        assertThat(toOthers).anySatisfy(text -> assertThat(text).contains("院子很安静"));
        reviewAndReport(other, person, order);
        dispute(other, person, order);
        person.get("/user/export").expect("0");
    }

    /** The host reviews the guest, who reports that. */
    private void reviewAndReport(ApiClient host, ApiClient guest, long order) {
        String review = Json.text(Map.of("stars", 1, "text", OF_GUEST_TEXT));
        failing(guest.put("/orders/" + order + "/guest-review", review));
        server.refusing(
                "insert", "guest_review", () -> failing(host.put("/orders/" + order + "/guest-review", review)));
        host.put("/orders/" + order + "/guest-review", review).expect("0");
        String report = Json.text(Map.of("kind", "review", "id", order, "reason", "untrue", "text", REPORT_TEXT));
        failing(server.registered().post("/reports", report));
        server.refusing("insert", "review_report", () -> failing(guest.post("/reports", report)));
        guest.post("/reports", report).expect("0");
        assertThat(guest.get("/orders/" + order).expect("0").text()).contains(OF_GUEST_TEXT);
        toOthers.add(host.get("/user/orders?role=landlord").expect("0").text());
        toOthers.add(host.get("/user/notices").expect("0").text());
        toOthers.add(guest.get("/user/notices").expect("0").text());
    }

    private void occupants(ApiClient host, ApiClient guest, long order) {
        String path = "/orders/" + order + "/occupants";
        Map<String, Object> one = Map.of(
                "name", OCCUPANT_TEXT, "id_type", "id_card", "id_number", OCCUPANT_NUMBER, "mobile", "13912345678");
        String body = Json.text(Map.of("occupants", List.of(one)));
        failing(host.put(path, body));
        failing(guest.put(path, Json.text(Map.of("occupants", List.of(one, one)))));
        failing(guest.put(path, body.replace("id_card", "library_card")));
        failing(guest.put(path, body.replace(OCCUPANT_NUMBER, OCCUPANT_NUMBER + "1")));
        server.refusing("insert", "occupant", () -> failing(guest.put(path, body)));
        toOthers.add(guest.put(path, body).expect("0").text());
        toOthers.add(guest.get(path).expect("0").text());
        failing(host.get(path));
        for (ApiClient who : List.of(host, guest)) {
            toOthers.add(who.get("/orders/" + order).expect("0").text());
        }
    }

    /** Host and guest say something of the deposit, and it goes wrong where it can. */
    private void dispute(ApiClient host, ApiClient guest, long order) {
        String claims = "/orders/" + order + "/claims";
        String claim = Json.text(Map.of("amount", 100, "reason", CLAIM_TEXT));
        failing(guest.post(claims, claim));
        failing(host.post(claims, Json.text(Map.of("amount", 100_000, "reason", CLAIM_TEXT))));
        failing(host.post(claims, Json.text(Map.of("amount", 100, "reason", CLAIM_TEXT.repeat(200)))));
        server.refusing("insert", "deposit_claim", () -> failing(host.post(claims, claim)));
        long made = host.post(claims, claim).expect("0").data().path("claim_id").asLong();
        String answer = Json.text(Map.of("action", "dispute", "text", ANSWER_TEXT));
        failing(server.registered().put(claims + "/" + made, answer));
        server.refusing("update", "deposit_claim", () -> failing(guest.put(claims + "/" + made, answer)));
        guest.put(claims + "/" + made, answer).expect("0");
        assertThat(host.get("/orders/" + order).expect("0").text()).contains(CLAIM_TEXT, ANSWER_TEXT);
        for (ApiClient who : List.of(host, guest)) {
            toOthers.add(who.get("/user/notices").expect("0").text());
            toOthers.add(who.get("/user/orders?role=" + (who == host ? "landlord" : "custom"))
                    .expect("0")
                    .text());
        }
        toOthers.add(server.registered().get("/orders/" + order).text());
    }

    private static Reply comment(ApiClient person, long order) {
        return person.put("/orders/" + order + "/comment", "{\"comment\": \"院子很安静\", \"stars\": 5}");
    }

    private String logged() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            text.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private List<String> inDataFolder(Canary canary, String except) {
        return StoredFiles.below(server.data()).stream()
                .filter(file -> !file.endsWith(except))
                .map(canary::in)
                .flatMap(Optional::stream)
                .toList();
    }

    private Path backup(Optional<Secret> key) throws IOException {
        Path file = folder.resolve(key.isPresent() ? "closed.zip" : "open.zip");
        new Backup(server.database(), Optional.empty(), server.data(), _ -> {}).write(file, key, TestServer.START);
        return file;
    }

    private static List<String> inZip(Path file, Canary canary) throws IOException {
        List<String> found = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                canary.in(zip).ifPresent(spelling -> found.add(name + ": " + spelling));
            }
        }
        return found;
    }

    @Test
    void theyAreNowhereButWhereTheyBelong() throws IOException {
        ApiClient person = walk();
        stay(person);
        others(person);
        String logged = logged();
        assertThat(log.list).as("something was logged").isNotEmpty();
        assertThat(errors).hasSizeGreaterThan(10);
        for (Canary canary :
                List.of(NAME, IDENTITY, PHONE, DOOR, GUIDE, CLAIM, ANSWER, OF_GUEST, REPORT, OCCUPANT, OCCUPANT_ID)) {
            assertThat(canary.in(logged)).as("log").isEmpty();
            assertThat(errors)
                    .as("refusals")
                    .allSatisfy(text -> assertThat(canary.in(text)).isEmpty());
            assertThat(toOthers)
                    .as("answers to others")
                    .allSatisfy(text -> assertThat(canary.in(text)).isEmpty());
        }
        Path files = TestPostgres.files();
        for (Canary canary : List.of(NAME, IDENTITY, OCCUPANT, OCCUPANT_ID)) {
            assertThat(canary.inFolder(files)).as("files of the database").isEmpty();
            assertThat(inDataFolder(canary, "nothing")).as("data folder").isEmpty();
            assertThat(inZip(backup(Optional.empty()), canary))
                    .as("open backup")
                    .isEmpty();
            Files.delete(folder.resolve("open.zip"));
            for (String spelling : canary.spellings()) {
                assertThat(server.state().mentions(spelling))
                        .as("Redis: %s", spelling)
                        .isFalse();
            }
        }
        for (Canary canary : List.of(DOOR, GUIDE, CLAIM, ANSWER, OF_GUEST, REPORT)) {
            assertThat(inDataFolder(canary, "nothing")).as("data folder").isEmpty();
            for (String spelling : canary.spellings()) {
                assertThat(server.state().mentions(spelling))
                        .as("Redis: %s", spelling)
                        .isFalse();
            }
        }
        // The mobile is in clear where log-in looks it up, and where a message waits: nowhere else.
        assertThat(inDataFolder(PHONE, "outbox.jsonl")).isEmpty();
        assertThat(Files.getPosixFilePermissions(server.data().resolve("outbox.jsonl")))
                .hasSize(2);
        Path closed = backup(Optional.of(new Secret("0123456789abcdef0123456789abcdef")));
        for (Canary canary : List.of(PHONE, DOOR, GUIDE, CLAIM, ANSWER, OF_GUEST, REPORT)) {
            assertThat(canary.in(closed)).as("closed backup").isEmpty();
        }
    }

    /** The search itself: what is planted in each place is found there. */
    @Test
    void whatIsPlantedIsFound() throws IOException {
        LoggerFactory.getLogger("ihome.canary").info("verified {}", NUMBER);
        LoggerFactory.getLogger("ihome.canary").warn("failed", new IllegalStateException("for " + REAL_NAME));
        assertThat(IDENTITY.in(logged())).hasValue(NUMBER);
        assertThat(NAME.in(logged())).hasValue(REAL_NAME);

        var _ = server.registered();
        // Another one: the other test seeks in the same files.
        Canary planted = Canary.identityNumber("420106199911304456");
        server.sql("update account set name = '420106199911304456'");
        assertThat(planted.inFolder(TestPostgres.files())).isNotEmpty();
        assertThat(inZip(backup(Optional.empty()), planted)).isNotEmpty();
        Files.writeString(server.data().resolve("left.tmp"), "x".repeat((1 << 20) - 4) + REAL_NAME);
        assertThat(inDataFolder(NAME, "nothing")).hasSize(1);
        for (Canary canary : List.of(NAME, IDENTITY, PHONE)) {
            for (String spelling : canary.spellings()) {
                byte[] bytes = canary.bytesOf(spelling);
                byte[] around = new byte[bytes.length + 64];
                System.arraycopy(bytes, 0, around, 31, bytes.length);
                assertThat(canary.in(around)).as(spelling).isPresent();
            }
            assertThat(canary.in("nothing of the kind 11010519491231002X 王小明")).isEmpty();
        }
        var _ = server.registered(MOBILE);
        assertThat(server.state().mentions(MOBILE))
                .as("the addresses it logged in from")
                .isTrue();
    }
}
