package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an account has read is read on all its devices, and stays so. */
@Tag("slow")
final class NoticesReadTest {
    private Market market;

    @BeforeEach
    void open() {
        market = new Market();
    }

    @AfterEach
    void close() {
        market.close();
    }

    private static int unread(ApiClient who) {
        return who.get("/user/waiting").expect("0").data().path("notices").asInt();
    }

    private static Reply read(ApiClient who, long notice) {
        return who.put("/user/notices/read", "{\"notice_id\": " + notice + "}");
    }

    /** Ids of an account's notices, the newest first. */
    private static List<Long> ids(ApiClient who) {
        JsonNode notices = who.get("/user/notices").expect("0").data().path("notices");
        return notices.valueStream()
                .map(notice -> notice.path("notice_id").asLong())
                .toList();
    }

    /** The host of the market on another device. */
    private ApiClient elsewhere() {
        String mobile =
                market.host.get("/user").expect("0").data().path("mobile").asString();
        ApiClient device = market.server.client();
        device.post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                .expect("0");
        return device;
    }

    /** The host gets so many notices. */
    private void happen(int times, int firstNight) {
        long house = market.house();
        for (int n = 0; n < times; n++) {
            market.booked(house, firstNight + 2 * n, firstNight + 2 * n + 1);
        }
    }

    @Test
    void whatIsReadOnOneDeviceIsReadOnTheOther() {
        happen(3, 20);
        ApiClient other = elsewhere();
        assertThat(unread(market.host)).isEqualTo(3);
        assertThat(unread(other)).isEqualTo(3);
        List<Long> ids = ids(other);
        read(other, ids.get(1)).expect("0", "OK");
        assertThat(unread(market.host)).isEqualTo(1);
        assertThat(unread(other)).isEqualTo(1);
        // The other side has marks of its own.
        assertThat(unread(market.guest)).isEqualTo(3);
        // Older than what was read: nothing changes.
        read(market.host, ids.get(2)).expect("0", "OK");
        assertThat(unread(other)).isEqualTo(1);
        read(market.host, ids.get(0)).expect("0", "OK");
        assertThat(unread(other)).isZero();
        happen(1, 60);
        assertThat(unread(market.host)).isEqualTo(1);
        assertThat(market.host
                        .get("/user/export")
                        .expect("0")
                        .data()
                        .path("notices")
                        .valueStream()
                        .map(notice -> notice.path("read").asBoolean()))
                .containsExactly(false, true, true, true);
    }

    @Test
    void aMarkBeyondTheNewestNoticeHidesNoneThatComesLater() {
        happen(1, 20);
        read(market.host, 999_999_999_999_999_999L).expect("0");
        assertThat(unread(market.host)).isZero();
        happen(2, 40);
        assertThat(unread(market.host)).isEqualTo(2);
    }

    @Test
    void aNoticeOfSomebodyElseMarksOnesOwnThatAreOlder() {
        happen(2, 20);
        long guests = ids(market.guest).getFirst();
        read(market.host, guests).expect("0");
        long mark = Long.parseLong(market.server.text("select max(notices_read) from account"));
        assertThat(ids(market.host)).contains(mark);
    }

    @Test
    void marksThatMeetNeverGoBack() throws Exception {
        happen(8, 20);
        List<Long> ids = ids(market.host);
        ApiClient other = elsewhere();
        for (int round = 0; round < 10; round++) {
            market.server.database().withConnection(tx -> tx.execute("update account set notices_read = null"));
            List<Callable<Reply>> marks = new ArrayList<>();
            List<Long> order = new ArrayList<>(ids);
            Collections.shuffle(order, new Random(round));
            for (int n = 0; n < order.size(); n++) {
                ApiClient device = n % 2 == 0 ? market.host : other;
                long id = order.get(n);
                marks.add(() -> read(device, id));
            }
            assertThat(Market.together(marks)).allSatisfy(reply -> reply.expect("0"));
            assertThat(unread(other)).as("round %s", round).isZero();
        }
    }

    @Test
    void anOldAppsOwnMarkAndTheAccountsCountTogether() {
        happen(3, 20);
        List<Long> ids = ids(market.host);
        assertThat(unreadAfter(ids.get(2))).isEqualTo(2);
        read(market.host, ids.get(1)).expect("0");
        assertThat(unreadAfter(ids.get(2))).isEqualTo(1);
        assertThat(unreadAfter(ids.get(0))).isZero();
    }

    private int unreadAfter(long id) {
        return market.host
                .get("/user/waiting?notices_after=" + id)
                .expect("0")
                .data()
                .path("notices")
                .asInt();
    }

    @Test
    void badIdsAreNamedAndNothingIsKept() {
        happen(1, 20);
        for (String bad : List.of("0", "-1", "\"x\"", "1.5", "null", "[1]", "9999999999999999999")) {
            Reply reply = market.host.put("/user/notices/read", "{\"notice_id\": " + bad + "}");
            assertThat(reply.errno()).as(bad).isEqualTo("4103");
            assertThat(reply.data().path("field").asString()).as(bad).isEqualTo("notice_id");
        }
        market.host.put("/user/notices/read", "{}").expectBadField("notice_id", "请填写通知编号");
        market.server.client().put("/user/notices/read", "{\"notice_id\": 1}").expect("4101");
        assertThat(unread(market.host)).isEqualTo(1);
        market.server.without("notice", () -> read(market.host, 1).expect("4001", "保存已读通知失败"));
    }

    /** Accounts and notices of the version before count as they did, until something is marked. */
    @Test
    void accountsOfTheVersionBeforeKeepTheirSevenDays() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("26");
            database.withConnection(tx -> tx.execute("""
                    insert into account (name, mobile, created_at)
                    values ('host', '13900000000', now()), ('guest', '13900000001', now())
                    """));
            database.schema().migrate();
            // As the version before goes on to write them.
            database.withConnection(tx -> tx.execute(
                    "insert into account (name, mobile, created_at) values ('later', '13900000002', now())"));
            assertThat(database.<Integer, RuntimeException>withConnection(
                            tx -> tx.createQuery("select count(*) from account where notices_read is null")
                                    .mapTo(int.class)
                                    .one()))
                    .isEqualTo(3);
        }
        happen(2, 20);
        assertThat(unread(market.host)).isEqualTo(2);
        market.server.advance(Duration.ofDays(8));
        market.settleDue();
        market.server.database().withConnection(tx -> tx.execute("delete from notice where text like '%自动取消%'"));
        assertThat(unread(market.host)).isZero();
        // Marked: from now on what is later counts, however old.
        read(market.host, ids(market.host).getLast()).expect("0");
        assertThat(unread(market.host)).isEqualTo(1);
    }
}
