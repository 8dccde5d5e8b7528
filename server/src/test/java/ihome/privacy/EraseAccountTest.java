package ihome.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.account.AccountModule;
import ihome.booking.Market;
import ihome.changeevents.ChangeKeys;
import ihome.ledger.LedgerCheck;
import ihome.listing.ListingModule;
import ihome.module.Erasure;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left of an account that its owner had erased. */
@Tag("slow")
class EraseAccountTest {
    private static final String NAME = "胡同里的阿明";
    private static final String NUMBER = "11010519491231002X";

    private static final String HOUSE = Json.text(Map.ofEntries(
            Map.entry("title", "鼓楼旁的四合院"),
            Map.entry("price", "388.00"),
            Map.entry("address", "鼓楼东大街"),
            Map.entry("area_id", 1),
            Map.entry("room_count", 2),
            Map.entry("acreage", 60),
            Map.entry("unit", "两室一厅"),
            Map.entry("capacity", 4),
            Map.entry("beds", "双人床2张"),
            Map.entry("deposit", "500"),
            Map.entry("min_days", 1),
            Map.entry("max_days", 0)));

    private Market market;
    private TestServer server;

    @BeforeEach
    void start() {
        market = new Market();
        server = market.server;
    }

    @AfterEach
    void stop() {
        market.close();
    }

    private static Reply erase(ApiClient client, String password) {
        return client.send(
                "DELETE",
                "/user",
                "application/json",
                BodyPublishers.ofString(Json.text(Map.of("password", password))));
    }

    private static long idOf(ApiClient client) {
        return client.get("/user").expect("0").data().path("user_id").asLong();
    }

    private static String mobileOf(ApiClient client) {
        return client.get("/user").expect("0").data().path("mobile").asString();
    }

    private static void dressUp(ApiClient client) {
        client.put("/user/name", Json.text(Map.of("name", NAME))).expect("0");
        client.upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400)).expect("0");
        client.post("/user/auth", Json.text(Map.of("real_name", "王注销", "id_card", NUMBER)))
                .expect("0");
    }

    @Test
    void nothingIsLeftThatTellsWhoItWas() {
        ApiClient client = market.guest;
        String mobile = mobileOf(client);
        long id = idOf(client);
        dressUp(client);
        long house = market.house();
        client.put("/user/favourites/" + house, "{}").expect("0");
        String token = client.session();
        long pictures = server.pictures().files();
        assertThat(pictures).isPositive();

        erase(client, TestServer.PASSWORD).expect("0", "OK");

        assertThat(client.session()).isNull();
        server.client().session(token).get("/user").expect("4101");
        assertThat(server.text("select a::text from account a where id = " + id))
                .doesNotContain(mobile)
                .doesNotContain(NAME)
                .contains("已注销用户");
        assertThat(server.rows("account where id = " + id
                        + " and mobile is null and real_name is null and id_card is null and password_hash is null"))
                .isEqualTo(1);
        assertThat(server.rows("favourite where account_id = " + id)).isZero();
        assertThat(server.rows("notice where account_id = " + id)).isZero();
        Await.until("no picture is left", () -> server.pictures().files(), now -> now == 0);
        Await.until(
                "nothing waits in the outbox", () -> server.rows("outbox where state = 'waiting'"), now -> now == 0);
        assertThat(server.state().mentions("LogInFrom_" + mobile)).isFalse();
        assertThat(server.rows("identity_access where what = 'ERASED' and account_id = " + id))
                .isEqualTo(1);
        server.client()
                .post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                .expect("4004", "用户名或密码错误");
    }

    @Test
    void theMobileRegistersAgainAsSomebodyNew() {
        String mobile = mobileOf(market.guest);
        long before = idOf(market.guest);
        dressUp(market.guest);
        erase(market.guest, TestServer.PASSWORD).expect("0");
        server.forgetLimits();
        ApiClient again = server.registered(mobile);
        assertThat(idOf(again)).isNotEqualTo(before);
        assertThat(again.get("/user/auth").data().path("real_name").isNull()).isTrue();
        // Also the name is free again, and that of the erased is nobody's.
        again.put("/user/name", Json.text(Map.of("name", NAME))).expect("0");
        again.put("/user/name", Json.text(Map.of("name", "已注销用户"))).expect("4001", "更新用户名失败");
        erase(again, TestServer.PASSWORD).expect("0");
    }

    @Test
    void nothingIsLeftOfWhatItsHousesSaid() {
        long house = market.house(Map.of(
                "description", "阿明的小院",
                "rules", "阿明说了算",
                "door", "3 号楼 1701",
                "arrival_guide", "密码 408172#",
                "latitude", 39.9,
                "longitude", 116.4));
        String season = "[{\"from\": \"2026-07-01\", \"to\": \"2026-07-05\", \"price\": 9}]";
        market.host.put("/houses/" + house + "/seasons", season).expect("0");
        erase(market.host, TestServer.PASSWORD).expect("0", "OK");
        assertThat(server.rows("house_arrival")).isZero();
        assertThat(server.rows("house_season")).isZero();
        assertThat(server.text("select h::text from house h where id = " + house))
                .doesNotContain("阿明", "号楼 1701", "密码 408172", ",39.9", ",116.4");
    }

    @Test
    void aHostsHousesAreTakenDownAtOnceAndOrdersStay() {
        long house = market.house(Map.of("instant_booking", true, "address", "鼓楼东大街 17 号", "rules", "晚归请给老周打电话"));
        market.host
                .upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(800, 600))
                .expect("0");
        market.host.put("/user/name", Json.text(Map.of("name", NAME))).expect("0");
        ApiClient nobody = server.client();
        nobody.get("/houses/" + house).expect("0");
        assertThat(nobody.get("/houses?aid=1").text()).contains("鼓楼旁的四合院");
        assertThat(nobody.get("/houses/index").text()).contains("鼓楼旁的四合院");
        long order = market.booked(house, 1, 3);
        Market.act(market.guest, order, "cancel").expect("0");
        assertThat(market.guest.get("/orders/" + order).expect("0").text()).contains("老周");

        erase(market.host, TestServer.PASSWORD).expect("0");

        assertThat(nobody.get("/houses?aid=1").text()).doesNotContain("鼓楼旁的四合院");
        assertThat(nobody.get("/houses/index").text()).doesNotContain("鼓楼旁的四合院");
        nobody.get("/houses/" + house).expect("4002");
        assertThat(server.text("select h::text from house h where id = " + house))
                .doesNotContain("鼓楼东大街");
        for (String late : List.of("address = '鼓楼东大街'", "published = true")) {
            assertThatThrownBy(() -> server.database()
                            .withConnection(
                                    handle -> handle.execute("update house set " + late + " where id = " + house)))
                    .as("an edit that was under way: %s", late)
                    .hasMessageContaining("an erased account has no houses");
        }
        assertThat(market.guest.get("/orders/" + order).expect("0").text())
                .contains("鼓楼旁的四合院")
                .doesNotContain("鼓楼东大街")
                .doesNotContain("老周")
                .doesNotContain(NAME);
        Await.until("no picture is left", () -> server.pictures().files(), now -> now == 0);
        assertThat(server.rows("order_history where order_id = " + order)).isPositive();
    }

    /** A page that was kept with the old name is not shown once the erasure is answered. */
    @Test
    void commentsStayUnderAnotherNameOnEveryPageAtOnce() {
        market.guest.put("/user/name", Json.text(Map.of("name", NAME))).expect("0");
        long house = market.instantHouse();
        long order = market.booked(house, 1, 3);
        var _ = market.pay(order, "trade-" + order);
        server.advance(Duration.ofDays(6));
        market.settleDue();
        market.guest
                .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "院子很安静", "stars", 5)))
                .expect("0");
        var _ = market.refundAll();
        ApiClient nobody = server.client();
        for (int i = 0; i < 3; i++) {
            assertThat(nobody.get("/houses/" + house).text()).contains(NAME).contains("院子很安静");
        }
        int sum = server.number("select coalesce(sum(amount), 0) from ledger_entry");
        int entries = server.rows("ledger_entry");

        erase(market.guest, TestServer.PASSWORD).expect("0");

        assertThat(nobody.get("/houses/" + house).text())
                .contains("院子很安静")
                .contains("已注销用户")
                .doesNotContain(NAME);
        assertThat(server.number("select coalesce(sum(amount), 0) from ledger_entry"))
                .isEqualTo(sum)
                .isZero();
        assertThat(server.rows("ledger_entry")).isEqualTo(entries).isPositive();
        assertThat(market.host.get("/orders/" + order).expect("0").text()).doesNotContain(NAME);
    }

    /** An open claim is money under way; the words of a closed one go with either side's account, its amounts stay. */
    @Test
    void whatWasSaidOfADepositGoesWithEitherSide() {
        for (boolean hosts : new boolean[] {true, false}) {
            ApiClient host = server.registered();
            ApiClient guest = server.registered();
            long house = host.post("/houses", HOUSE)
                    .expect("0")
                    .data()
                    .path("house_id")
                    .asLong();
            java.time.LocalDate night = java.time.LocalDate.ofInstant(
                            server.clock().instant(), java.time.ZoneId.of("Asia/Shanghai"))
                    .plusDays(1);
            long order = Market.order(Market.book(guest, house, night, night.plusDays(1)));
            Market.act(host, order, "accept").expect("0");
            var _ = market.server
                    .database()
                    .inTransaction(tx -> market.server
                            .booking()
                            .payments()
                            .paid(tx, order, new ihome.platform.money.Money(88_800), "trade-" + order));
            server.advance(Duration.ofDays(3));
            server.sql("insert into occupant (order_id, place, name, id_type, id_number, created_at)" + " values ("
                    + order + ", 1, 'x', 'passport', 'y', now())");
            String claims = "/orders/" + order + "/claims";
            long claim = host.post(claims, Json.text(Map.of("amount", 120, "reason", "打碎了螽斯纹的灯")))
                    .expect("0")
                    .data()
                    .path("claim_id")
                    .asLong();
            for (ApiClient who : List.of(host, guest)) {
                erase(who, TestServer.PASSWORD).expect("4201", "还有未结清的款项，结清后才能注销");
            }
            guest.put(claims + "/" + claim, Json.text(Map.of("action", "accept", "text", "貔貅也打碎了")))
                    .expect("0");
            var _ = market.refundAll();
            host.put("/orders/" + order + "/guest-review", Json.text(Map.of("stars", 2, "text", "饕餮")))
                    .expect("0");
            guest.post("/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "untrue", "text", "梼杌")))
                    .expect("0");
            server.sql("update review_report set note = '檮昧' where order_id = " + order);
            assertThat(server.text("select c::text from deposit_claim c where id = " + claim))
                    .contains("螽斯", "貔貅");
            erase(hosts ? host : guest, TestServer.PASSWORD).expect("0");
            assertThat(server.text("select c::text from deposit_claim c where id = " + claim))
                    .doesNotContain("螽斯")
                    .doesNotContain("貔貅")
                    .contains("12000");
            assertThat(server.rows("guest_review where text <> ''")).isZero();
            assertThat(server.rows("guest_review where order_id = " + order)).isEqualTo(hosts ? 1 : 0);
            assertThat(server.rows("review_report where order_id = " + order)).isEqualTo(1);
            assertThat(server.rows("review_report where text <> '' or note <> ''"))
                    .as("words about the erased as well as by them")
                    .isZero();
            assertThat(server.rows("occupant where order_id = " + order)).isEqualTo(hosts ? 1 : 0);
            assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
        }
    }

    @Test
    void openOrdersAndMoneyUnderWayAreInTheWayOfBothSides() {
        long house = market.house();
        long order = market.booked(house, 1, 3);
        erase(market.guest, TestServer.PASSWORD).expect("4201", "还有未结束的订单，结束后才能注销");
        erase(market.host, TestServer.PASSWORD).expect("4201", "还有未结束的订单，结束后才能注销");
        Market.act(market.host, order, "accept").expect("0");
        var _ = market.pay(order, "trade-" + order);
        Market.act(market.guest, order, "cancel").expect("0");
        server.sql("update refund set next_attempt = 'infinity'");
        if (server.rows("refund where done_at is null") > 0) {
            erase(market.guest, TestServer.PASSWORD).expect("4201", "还有未结清的款项，结清后才能注销");
            erase(market.host, TestServer.PASSWORD).expect("4201", "还有未结清的款项，结清后才能注销");
        }
        var _ = market.refundAll();
        erase(market.guest, TestServer.PASSWORD).expect("0");
        erase(market.host, TestServer.PASSWORD).expect("0");
    }

    @Test
    void asksForThePasswordAndLetsNobodyGuessIt() {
        ApiClient client = market.guest;
        client.send("DELETE", "/user", "application/json", BodyPublishers.ofString("{}"))
                .expectBadField("password", "请填写密码");
        client.send("DELETE", "/user", null, BodyPublishers.noBody()).expectStatus(415);
        for (int i = 0; i < 5; i++) {
            erase(client, "猜一个密码" + i).expect("4106", "密码错误");
        }
        erase(client, TestServer.PASSWORD).expect("4201");
        client.get("/user").expect("0");
        server.forgetLimits();
        server.without("account", () -> erase(client, TestServer.PASSWORD).expect("4001", "注销账号失败"));
        erase(client, TestServer.PASSWORD).expect("0");
    }

    /** The session of an erased account ends a moment after: until then nothing is kept that it asks for. */
    @Test
    void aSessionThatIsLeftKeepsNothing() {
        long house = market.instantHouse();
        ApiClient left = market.guest;
        long id = idOf(left);
        server.database().inTransaction(tx -> {
            server.module(AccountModule.class).ownAccount().erase(tx, id);
            return null;
        });
        String row = server.text("select a::text from account a where id = " + id);
        List<Reply> replies = List.of(
                left.put("/user/favourites/" + house, "{}"),
                left.post("/user/favourites", Json.text(Map.of("house_ids", List.of(house)))),
                left.put("/user/name", Json.text(Map.of("name", NAME))),
                left.put("/user/notices/read", "{\"notice_id\": 1}"),
                left.post("/user/auth", Json.text(Map.of("real_name", "王注销", "id_card", NUMBER))),
                left.upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400)),
                left.post("/houses", HOUSE),
                left.with("Idempotency-Key", "late").post("/orders", Json.text(Map.of("house_id", house))),
                Market.book(left, house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(4)),
                left.put(
                        "/user/password",
                        Json.text(Map.of("old_password", TestServer.PASSWORD, "new_password", "another-lantern-17"))),
                left.get("/user"),
                left.get("/user/auth"),
                left.get("/user/export"),
                left.get("/session"),
                erase(left, TestServer.PASSWORD));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.errno()).as(reply.text()).isNotEqualTo("0");
        });
        // Refused in the right words, and not by the table's last guard alone.
        left.upload("/user/avatar", "avatar", SamplePicture.jpeg(400, 400)).expect("4002", "无效操作");
        assertThat(server.text("select a::text from account a where id = " + id))
                .isEqualTo(row);
        for (String kept : List.of(
                "favourite where account_id",
                "notice where account_id",
                "house where owner_id",
                "idempotency where account_id",
                "orders where guest_id")) {
            assertThat(server.rows(kept + " = " + id)).as(kept).isZero();
        }
        Await.until("no picture is left", () -> server.pictures().files(), now -> now == 0);
    }

    @Test
    void aFavouriteThatWaitedForTheErasureIsRefused() throws Exception {
        long house = market.house();
        long id = idOf(market.guest);
        Reply[] answer = new Reply[1];
        duringErasure(id, () -> answer[0] = market.guest.put("/user/favourites/" + house, "{}"));
        assertThat(answer[0].errno()).isEqualTo("4101");
        assertThat(server.rows("favourite")).isZero();
    }

    /** Money that comes late takes no nights back for somebody who is no more, nor from a host who is none. */
    @Test
    void aLatePaymentThatWaitedForTheErasureGoesBack() throws Exception {
        long house = market.instantHouse();
        long sequel = market.booked(house, 1, 3);
        long during = market.booked(house, 5, 7);
        long asked = market.booked(house, 8, 9);
        server.advance(Duration.ofMinutes(31));
        market.settleDue();
        assertThat(market.pay(asked, "in-time-" + asked).name())
                .as("as it is else")
                .isEqualTo("PAID");
        Market.act(market.guest, asked, "cancel").expect("0");
        var _ = market.refundAll();
        Object[] outcome = new Object[1];
        duringErasure(idOf(market.host), () -> outcome[0] = market.pay(during, "late-" + during));
        assertThat(outcome[0]).hasToString("GOES_BACK");
        assertThat(market.pay(sequel, "late-" + sequel)).hasToString("GOES_BACK");
        assertThat(market.claimed(house)).isEmpty();
        assertThat(market.refundAll()).isPositive();
        assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
    }

    /** The host's words about a guest, and the operator's; what the guest said of the house stays. */
    @Test
    void whatAReportSaysOfAGuestGoesWithTheGuest() {
        long order = stayed(market.instantHouse());
        market.guest
                .put("/orders/" + order + "/comment", "{\"comment\": \"院子很安静\", \"stars\": 1}")
                .expect("0");
        market.host
                .post("/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "untrue", "text", "梼杌")))
                .expect("0");
        server.sql("update review_report set note = '饕餮'");
        erase(market.guest, TestServer.PASSWORD).expect("0");
        assertThat(server.rows("review_report where text = '' and note = ''")).isEqualTo(1);
        assertThat(server.rows("review where comment <> ''")).isEqualTo(1);
    }

    private long stayed(long house) {
        long order = market.booked(house, 1, 2);
        var _ = market.pay(order, "trade-" + order);
        server.advance(Duration.ofDays(3));
        market.settleDue();
        var _ = market.refundAll();
        return order;
    }

    private Reply reviewGuest(long order) {
        return market.host.put("/orders/" + order + "/guest-review", Json.text(Map.of("stars", 2, "text", "阿明弄坏了灯")));
    }

    /** Nobody would ever erase it. Protection: bothAreThere in ReviewStay.reviewGuest. */
    @Test
    void nothingIsSaidOfAGuestWhoIsNoMore() {
        long order = stayed(market.instantHouse());
        erase(market.guest, TestServer.PASSWORD).expect("0");
        reviewGuest(order).expect("4201", "订单不存在或当前状态不允许此操作");
        assertThat(server.rows("guest_review")).isZero();
    }

    /** Protection: as above. */
    @Test
    void aReviewOfAGuestThatWaitedForTheErasureIsRefused() throws Exception {
        long order = stayed(market.instantHouse());
        Reply[] answer = new Reply[1];
        duringErasure(idOf(market.guest), () -> answer[0] = reviewGuest(order));
        assertThat(answer[0].errno()).isEqualTo("4201");
        assertThat(server.rows("guest_review")).isZero();
    }

    /** Uploads may take minutes: when one has arrived, its session is asked for again. */
    @Test
    void anAvatarThatWasOnItsWayIsNobodys() {
        byte[] picture = SamplePicture.jpeg(400, 400);
        byte[] head = "--x\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.jpg\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
        try (RawConnection upload = RawConnection.to(server.uri().getPort())) {
            upload.send("POST /api/v1.0/user/avatar HTTP/1.1\r\nHost: localhost\r\nCookie: session="
                            + market.guest.session()
                            + "\r\nContent-Type: multipart/form-data; boundary=x\r\nExpect: 100-continue\r\nContent-Length: "
                            + (head.length + picture.length + tail.length) + "\r\n\r\n")
                    .awaitContinue()
                    .send(head);
            erase(market.guest, TestServer.PASSWORD).expect("0");
            upload.send(picture).send(tail);
            assertThat(upload.answer().body()).contains("\"4101\"");
        }
        assertThat(server.pictures().files()).isZero();
    }

    /** Lets the work begin while the account is being erased, and come to an end after it. */
    private void duringErasure(long id, Runnable work) throws InterruptedException {
        Thread working = Thread.ofVirtual().unstarted(work);
        server.database().inTransaction(tx -> {
            server.module(AccountModule.class).ownAccount().erase(tx, id);
            working.start();
            Await.until(() ->
                    server.rows("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                            > 0);
            return null;
        });
        working.join();
    }

    /** An upload takes a while: it finds the house without its owner. */
    @Test
    void aPhotoThatWaitedForTheErasureIsRefusedAndRemoved() throws Exception {
        long house = market.house();
        long id = idOf(market.host);
        Reply[] answer = new Reply[1];
        Thread uploading = Thread.ofVirtual()
                .unstarted(() -> answer[0] = market.host.upload(
                        "/houses/" + house + "/images", "house_image", SamplePicture.jpeg(400, 300)));
        server.database().inTransaction(tx -> {
            Erasure erasure = new Erasure(id, "");
            server.module(ListingModule.class).personalData().forEach(data -> data.erase(tx, erasure));
            assertThat(erasure.changes()).contains(ChangeKeys.house(house));
            uploading.start();
            Await.until(() ->
                    server.rows("pg_stat_activity where datname = current_database()" + " and wait_event_type = 'Lock'")
                            > 0);
            return null;
        });
        uploading.join();
        assertThat(answer[0].errno()).isEqualTo("4002");
        assertThat(server.rows("house_image")).isZero();
        Await.until("no picture is left", () -> server.pictures().files(), now -> now == 0);
    }

    /** The order waits for the row that is being erased, and then sees that it is. */
    @Test
    void anOrderThatWaitedForTheErasureIsRefused() throws Exception {
        long house = market.instantHouse();
        long id = idOf(market.guest);
        Reply[] answer = new Reply[1];
        duringErasure(
                id,
                () -> answer[0] = Market.book(market.guest, house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(4)));
        assertThat(answer[0].errno()).isEqualTo("4001");
        assertThat(server.rows("orders where guest_id = " + id)).isZero();
        assertThat(market.claimed(house)).isEmpty();
    }

    /** Sent at the same moment: each comes before the erasure, which then is refused, or after it, and is refused. */
    @Test
    void whatIsUnderWayAtThatMomentLeavesNothingBehind() throws Exception {
        for (int round = 0; round < 8; round++) {
            ApiClient person = server.registered();
            ApiClient again = server.client().session(person.session());
            ApiClient third = server.client().session(person.session());
            long id = idOf(person);
            long house = market.instantHouse();
            List<Reply> replies = Market.together(List.<Callable<Reply>>of(
                    () -> erase(person, TestServer.PASSWORD),
                    () -> Market.book(again, house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(4)),
                    () -> third.post("/houses", HOUSE)));
            boolean erased = replies.getFirst().errno().equals("0");
            assertThat(server.rows(
                            "orders where guest_id = " + id + " and status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID')"))
                    .as("round %d, erased: %s", round, erased)
                    .isEqualTo(erased ? 0 : 1);
            if (erased) {
                assertThat(server.rows("house where published and owner_id = " + id))
                        .isZero();
            }
        }
    }
}
