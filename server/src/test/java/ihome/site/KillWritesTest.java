package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.CashierDesk;
import ihome.testing.FaultProxy;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.SiteInDev;
import ihome.testing.StoredFiles;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed (SIGKILL) at a chosen statement of an upload, of a payment, of an erasure and of the clock: after the next start
 * each is whole or never was, and what was begun for it outside of the database is taken away. At one of the statements,
 * or with {@code -Dihome.kill.writes=all} at each.
 */
@Tag("slow")
final class KillWritesTest {
    private static final String MOBILE = "13700000003";

    @TempDir
    Path folder;

    private final TestPostgres.Database postgres = TestPostgres.migratedDatabase();
    private final FaultProxy way = new FaultProxy(
            URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort());
    private final Database direct =
            new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 2));
    private Path data = Path.of("data");
    private @Nullable NodeProcess node;
    private SiteInDev site = new SiteInDev(URI.create("http://127.0.0.1"), data);
    private String host = "";
    private long house;

    @BeforeEach
    void start() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        startNode();
        ApiClient client = site.registered("13700000001");
        host = Objects.requireNonNull(client.session());
        house = SampleHouse.house().with("instant_booking", true).publish(client);
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        way.close();
        direct.close();
    }

    private void startNode() throws IOException {
        int port = FreePorts.next();
        String url = postgres.jdbcUrl().replaceFirst(":[0-9]+/", ":" + way.port() + "/") + "?user=" + postgres.user()
                + "&password=" + postgres.password() + "&prepareThreshold=0";
        node = NodeProcess.start(
                Map.of(
                        "IHOME_DEV",
                        "true",
                        "IHOME_DATA",
                        data.toString(),
                        "IHOME_DATABASE_URL",
                        url,
                        "IHOME_PORT",
                        Integer.toString(port)),
                folder.resolve("node.log"));
        site = new SiteInDev(URI.create("http://127.0.0.1:" + port), data);
    }

    /** Kills the server at the statement, while the request is under way; the next start is up when this returns. */
    private void killedAt(String statement, Runnable request) throws IOException, InterruptedException {
        way.holdAt(statement);
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                request.run();
            } catch (UncheckedIOException e) {
                // Nobody answers any more.
            }
        });
        way.awaitHeld();
        Objects.requireNonNull(node).kill();
        way.release();
        asking.join();
        startNode();
    }

    private long count(String from) {
        return direct.withConnection(handle -> handle.createQuery("select count(*) from " + from)
                .mapTo(long.class)
                .one());
    }

    private long pictures() {
        return StoredFiles.below(data.resolve("blobs")).size();
    }

    /** The clock of {@code --dev}. */
    private void clock(String ahead) throws IOException {
        Files.writeString(data.resolve("clock"), ahead);
    }

    private Reply upload() {
        return as(host).upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg());
    }

    private long order(String guest, LocalDate night) {
        return as(guest)
                .post(
                        "/orders",
                        Json.text(Map.of(
                                "house_id", house,
                                "start_date", night.toString(),
                                "end_date", night.plusDays(1).toString())))
                .expect("0")
                .data()
                .path("order_id")
                .asLong();
    }

    private String payUrl(String guest, long order) {
        return as(guest)
                .post("/orders/" + order + "/payment", "")
                .expect("0")
                .data()
                .path("pay_url")
                .asString();
    }

    private ApiClient as(String session) {
        return site.client().session(session);
    }

    @Test
    void anUploadIsShownWholeOrItsFilesAreTakenAway() throws Exception {
        upload().expect("0");
        long each = pictures();
        avatar().expect("0");
        String old = avatarUrl();
        for (String statement : some("insert into house_image", "update house set main_image")) {
            long before = pictures();
            killedAt(statement, () -> upload());
            assertThat(count("house_image")).isEqualTo(1);
            assertThat(pictures()).as("stored when it was killed").isEqualTo(before + each);
        }
        killedAt("with old as", () -> avatar());
        assertThat(avatarUrl()).endsWith(URI.create(old).getPath());
        clock("PT31M");
        Await.until("the files of the killed upload are gone", () -> pictures(), now -> now == each + 1);
        Await.until(
                "no removal is left in the outbox",
                () -> count("outbox where kind = 'remove-picture'"),
                now -> now == 0);
        String photo = SampleHouse.firstPicture(as(host), house);
        for (String shown : List.of(photo, avatarUrl())) {
            site.client().get("/" + URI.create(shown).getPath()).expectStatus(200);
        }
        upload().expect("0");
        avatar().expect("0");
        Await.until("the replaced avatar's file is gone", () -> pictures(), now -> now == 2 * each + 1);
        assertThat(URI.create(avatarUrl()).getPath())
                .isNotEqualTo(URI.create(old).getPath());
    }

    /** One of the statements, or with {@code -Dihome.kill.writes=all} each of them. */
    private static List<String> some(String... statements) {
        List<String> all = List.of(statements);
        return "all".equals(System.getProperty("ihome.kill.writes"))
                ? all
                : List.of(all.get(new Random().nextInt(all.size())));
    }

    private Reply avatar() {
        return as(host).upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400));
    }

    private String avatarUrl() {
        return as(host).get("/user").expect("0").data().path("avatar").asString();
    }

    @Test
    void aPaymentIsInTheBooksOnceWhereverItsNotificationWasKilled() throws Exception {
        String guest = Objects.requireNonNull(site.registered("13700000002").session());
        LocalDate night = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3);
        int minutes = 0;
        for (String statement : some("insert into ledger_posting", "update orders set status", "insert into notice")) {
            night = night.plusDays(2);
            long order = order(guest, night);
            String payUrl = payUrl(guest, order);
            killedAt(statement, () -> CashierDesk.decide(site.client(), payUrl));
            // The next time that open payments are asked about.
            minutes += 2;
            clock("PT" + minutes + "M");
            Await.until(
                    "the order is paid",
                    () -> count("orders where status = 'PAID' and id = " + order),
                    now -> now == 1);
            assertThat(count("ledger_posting l join payment p on l.reference = p.number and p.order_id = " + order))
                    .as("killed at %s", statement)
                    .isEqualTo(1);
            assertThat(count("order_history where action = 'PAY' and order_id = " + order))
                    .isEqualTo(1);
        }
        assertThat(LedgerCheck.run(direct).findings()).isEmpty();
    }

    /**
     * A change is done by its payment, with its nights and once; one that nobody pays frees the nights that it held, whatever
     * statement the node died at.
     */
    @Test
    void aChangeIsDoneOrEndedWholeWhereverItWasKilled() throws Exception {
        String guest = Objects.requireNonNull(site.registered("13700000004").session());
        LocalDate night = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(30);
        long order = order(guest, night);
        var _ = CashierDesk.decide(site.client(), payUrl(guest, order));
        Await.until("the order is paid", () -> count("orders where status = 'PAID'"), now -> now == 1);
        String change = accepted(guest, order, night.plusDays(1), night.plusDays(3));
        String payUrl = as(guest)
                .post(change + "/payment", "")
                .expect("0")
                .data()
                .path("pay_url")
                .asString();
        String statement = some("insert into ledger_posting", "delete from night_claim", "update orders set start_date")
                .getFirst();
        killedAt(statement, () -> CashierDesk.decide(site.client(), payUrl));
        clock("PT2M");
        Await.until("the change is done", () -> count("order_change where status = 'DONE'"), now -> now == 1);
        assertThat(count("night_claim c join orders o on o.id = c.order_id and c.night >= o.start_date"
                        + " and c.night < o.end_date where o.end_date - o.start_date = 2"))
                .as("killed at %s", statement)
                .isEqualTo(2);
        assertThat(count("night_claim where order_id = " + order)).isEqualTo(2);
        assertThat(LedgerCheck.run(direct).findings()).isEmpty();

        var _ = accepted(guest, order, night.plusDays(1), night.plusDays(6));
        assertThat(count("night_claim where order_id = " + order)).isEqualTo(5);
        statement = some("delete from night_claim", "update order_change", "insert into notice")
                .getFirst();
        killedAt(statement, () -> {
            try {
                clock("PT40M");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Await.until("it has expired", () -> count("order_change where status = 'EXPIRED'"), now -> now == 1);
        assertThat(count("night_claim where order_id = " + order))
                .as("killed at %s", statement)
                .isEqualTo(2);
        assertThat(LedgerCheck.run(direct).findings()).isEmpty();
    }

    /** The path of a dearer change that the guest asked for and the host has accepted. */
    private String accepted(String guest, long order, LocalDate from, LocalDate until) {
        String changes = "/orders/" + order + "/changes";
        long change = as(guest)
                .post(changes, Json.text(Map.of("start_date", from.toString(), "end_date", until.toString())))
                .expect("0")
                .data()
                .path("change_id")
                .asLong();
        as(host).put(changes + "/" + change, Json.text(Map.of("action", "accept")))
                .expect("0");
        return changes + "/" + change;
    }

    /** The job accepts a claim by the guest's silence: with its money and once, whatever statement the node died at. */
    @Test
    void silenceIsAcceptanceOnceWhereverTheJobWasKilled() throws Exception {
        String guest = Objects.requireNonNull(site.registered("13700000003").session());
        LocalDate night = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(1);
        long order = order(guest, night);
        String payUrl = payUrl(guest, order);
        var _ = CashierDesk.decide(site.client(), payUrl);
        Await.until("the order is paid", () -> count("orders where status = 'PAID'"), now -> now == 1);
        clock("P3D");
        Await.until("the stay has ended", () -> count("orders where status = 'WAIT_COMMENT'"), now -> now == 1);
        as(host).post("/orders/" + order + "/claims", Json.text(Map.of("amount", 120, "reason", "灯被打碎")))
                .expect("0");
        List<String> steps = List.of("P4DT1H", "P5DT18H");
        for (String step : steps) {
            clock(step);
            int reminders = steps.indexOf(step) + 1;
            Await.until(
                    "reminder " + reminders,
                    () -> count("deposit_claim where reminders = " + reminders),
                    now -> now == 1);
        }
        String statement = some("update deposit_claim", "update refund set deposit", "insert into ledger_posting")
                .getFirst();
        killedAt(statement, () -> {
            try {
                clock("P7D");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Await.until(
                "it is accepted",
                () -> count("deposit_claim where status = 'ACCEPTED' and granted = 12000"),
                now -> now == 1);
        assertThat(count("ledger_posting where kind = 'DEPOSIT_CLAIMED'"))
                .as("killed at %s", statement)
                .isEqualTo(1);
        assertThat(LedgerCheck.run(direct).findings()).isEmpty();
    }

    @Test
    void anErasureIsWholeOrNotAtAll() throws Exception {
        String session = Objects.requireNonNull(site.registered(MOBILE).session());
        as(session)
                .upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400))
                .expect("0");
        as(session).put("/user/favourites/" + house, "{}").expect("0");
        for (String statement :
                some("delete from favourite", "update account set mobile = null", "insert into identity_access")) {
            killedAt(statement, () -> erase(session));
            as(session).get("/user").expect("0");
            assertThat(as(session).get("/user/favourites").expect("0").text()).contains("\"house_id\":" + house);
            assertThat(pictures()).as("killed at %s", statement).isEqualTo(1);
        }
        // It is committed; what follows it is done by the next start.
        killedAt("delete from ephemeral where group_name", () -> erase(session));
        assertThat(count("account where erased_at is not null and mobile is null"))
                .isEqualTo(1);
        assertThat(count("favourite")).isZero();
        clock("PT1M");
        Await.until("the session has ended", () -> as(session).get("/user").errno(), "4101"::equals);
        Await.until("no picture is left", () -> pictures(), now -> now == 0);
        site.client()
                .post("/sessions", Json.text(Map.of("mobile", MOBILE, "password", TestServer.PASSWORD)))
                .expect("4004");
        Await.until("nothing waits in the outbox", () -> count("outbox where state = 'waiting'"), now -> now == 0);
    }

    private Reply erase(String session) {
        return as(session)
                .send(
                        "DELETE",
                        "/user",
                        "application/json",
                        BodyPublishers.ofString(Json.text(Map.of("password", TestServer.PASSWORD))));
    }
}
