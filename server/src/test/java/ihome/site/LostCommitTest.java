package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.http.HttpBounds;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.FaultProxy;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The connection breaks around a commit: after it has reached PostgreSQL, whose answer is lost, or before. The client is
 * told that it failed, in both cases the same, because nobody here knows. Asking again with the same key makes one order
 * in either case, and neither the search nor any kept answer disagrees with what is in the database.
 */
@Tag("slow")
final class LostCommitTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-06-10");
    private static final String HOUSE = """
            {"title": "压测", "price": "388", "address": "鼓楼", "area_id": 1, "room_count": 1, "acreage": 10,
             "unit": "一室", "capacity": 2, "beds": "1", "deposit": "500", "min_days": 1, "max_days": 0,
             "instant_booking": true}""";

    private final TestServer server = TestServer.startBreakable(Map.of(), HttpBounds.DEFAULT);
    private final FaultProxy way = server.databaseWay();
    private final Database database = server.openDatabase();
    private final ApiClient guest = server.registered();
    private long house;

    @BeforeEach
    void publish() {
        house = server.registered()
                .post("/houses", HOUSE)
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
        server.awaitSearchIndex();
        Await.until(() -> isFree(server.client()));
        server.client().get("/houses/" + house).expect("0");
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private Reply book(String key) {
        ApiClient client = server.client().session(guest.session()).with("Idempotency-Key", key);
        return Market.book(client, house, FIRST, FIRST.plusDays(2));
    }

    private boolean isFree(ApiClient client) {
        JsonNode found = client.get("/houses?sd=" + FIRST + "&ed=" + FIRST.plusDays(2))
                .expect("0")
                .data()
                .path("houses");
        return found.valueStream().anyMatch(each -> each.path("house_id").asLong() == house);
    }

    private int count(String sql) {
        return database.withConnection(
                handle -> handle.createQuery(sql).mapTo(int.class).one());
    }

    private static void await(CountDownLatch lost) throws InterruptedException {
        assertThat(lost.await(60, TimeUnit.SECONDS)).as("a commit was lost").isTrue();
    }

    /**
     * Protections: the change log, without whose row (ChangeLog.append) the index goes on showing the house; the key in
     * the order's own transaction, without which the second attempt finds the nights taken by the first.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOrder(boolean committed) throws Exception {
        CountDownLatch lost = way.loseCommitAfter("insert into orders", committed);
        book("lost").expect("4001");
        await(lost);

        assertThat(count("select count(*) from orders")).isEqualTo(committed ? 1 : 0);
        assertThat(count("select count(*) from night_claim")).isEqualTo(committed ? 2 : 0);
        Await.until(() -> isFree(server.client()) != committed);
        JsonNode nights = server.client()
                .get("/houses/" + house + "/calendar?from=" + FIRST + "&to=" + FIRST.plusDays(2))
                .expect("0")
                .data()
                .path("nights");
        assertThat(nights).hasSize(2).allMatch(night -> night.path("free").asBoolean() == !committed);

        long order = book("lost").expect("0").data().path("order_id").asLong();
        assertThat(book("lost").expect("0").data().path("order_id").asLong()).isEqualTo(order);
        assertThat(count("select count(*) from orders")).isEqualTo(1);
        assertThat(count("select count(*) from order_line")).isEqualTo(2);
        assertThat(guest.get("/user/orders").expect("0").data().path("orders")).hasSize(1);
        Await.until(() -> !isFree(server.client()));
    }

    /** The code is used up either way; whoever was registered can log in, and nobody is registered by halves. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRegistration(boolean committed) throws Exception {
        String mobile = TestServer.newMobile();
        String code = server.smsCode(server.client(), mobile);
        String fields = Json.text(Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD));
        CountDownLatch lost = way.loseCommitAfter("insert into account", committed);
        ApiClient person = server.client();
        person.post("/users", fields).expect("4001");
        await(lost);

        assertThat(person.session()).as("no session without an answer").isNull();
        assertThat(count("select count(*) from account where mobile = '" + mobile + "'"))
                .isEqualTo(committed ? 1 : 0);
        server.client().post("/users", fields).expect("4004");
        String logIn = Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD));
        server.client().post("/sessions", logIn).expect(committed ? "0" : "4004");
        if (!committed) {
            server.forgetLimits();
            server.registered(mobile);
            server.client().post("/sessions", logIn).expect("0");
        }
    }

    /** The guest's browser sees a failure; the money is in the books once, at the latest when the job asks the cashier. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPayment(boolean committed) throws Exception {
        long order = book("paid").expect("0").data().path("order_id").asLong();
        String fields = URI.create(guest.post("/orders/" + order + "/payment", "")
                                .expect("0")
                                .data()
                                .path("pay_url")
                                .asString())
                        .getRawQuery()
                + "&action=pay";
        CountDownLatch lost = way.loseCommitAfter("insert into ledger_posting", committed);
        pay(fields);
        await(lost);

        assertThat(count("select count(*) from ledger_posting where kind = 'PAID'"))
                .isLessThanOrEqualTo(1);
        Await.until(() -> {
            server.advance(Duration.ofMinutes(1));
            server.payments().reconcile();
            return guest.get("/orders/" + order)
                    .expect("0")
                    .data()
                    .path("status")
                    .asString()
                    .equals("PAID");
        });
        pay(fields);
        assertThat(count("select count(*) from ledger_posting where kind = 'PAID'"))
                .isEqualTo(1);
        assertThat(count("select count(*) from refund")).isZero();
        assertThat(LedgerCheck.run(database).findings()).isEqualTo(List.of());
    }

    /** Protection: StorePicture, which asks whether the removal still stands before it removes what it has stored. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPhoto(boolean committed) throws Exception {
        ApiClient owner = server.registered();
        long own = SampleHouse.house().publish(owner);
        CountDownLatch lost = way.loseCommitAfter("insert into house_image", committed);
        Reply refused = owner.upload("/houses/" + own + "/images", "house_image", SamplePicture.jpeg());
        await(lost);
        assertThat(refused.errno()).isEqualTo("4001");

        assertThat(count("select count(*) from house_image")).isEqualTo(committed ? 1 : 0);
        JsonNode shown = server.client()
                .get("/houses/" + own)
                .expect("0")
                .data()
                .path("house")
                .path("img_urls");
        assertThat(shown).hasSize(committed ? 1 : 0);
        for (JsonNode url : shown) {
            String path = URI.create(url.asString()).getPath();
            server.client().get("/" + path).expectStatus(200);
        }
        long each = server.pictures().files();
        assertThat(each > 0).as("files").isEqualTo(committed);
        server.advance(Duration.ofMinutes(31));
        Await.until(
                "no removal is left in the outbox",
                () -> count("select count(*) from outbox where kind = 'remove-picture'"),
                now -> now == 0);
        assertThat(server.pictures().files()).isEqualTo(each);
    }

    private void pay(String fields) {
        Reply _ = server.client()
                .send("POST", "//cashier", "application/x-www-form-urlencoded", BodyPublishers.ofString(fields));
    }
}
