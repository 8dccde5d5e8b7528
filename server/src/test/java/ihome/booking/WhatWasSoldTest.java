package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.SamplePicture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** An order shows the house as it was when it was placed, wherever it is shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhatWasSoldTest {
    private static final String TITLE = "鼓楼旁的四合院";
    private static final String ADDRESS = "鼓楼东大街";

    private Market market;

    @BeforeAll
    void open() {
        market = new Market();
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void everyViewShowsTheHouseAsItWasSold() throws Exception {
        long house = market.instantHouse();
        long photo = upload(house).data().path("image_id").asLong();
        long order = market.booked(house, 1, 3);
        String picture = listed("custom", order).path("img_url").asString();
        assertThat(picture).endsWith("_480.jpg");

        market.host
                .put("/houses/" + house, Json.text(Map.of("title", "换了名字", "address", "搬到了别处")))
                .expect("0");
        upload(house).expect("0");
        market.host.delete("/houses/" + house + "/images/" + photo).expect("0");
        market.host
                .put("/houses/" + house + "/published", "{\"published\": false}")
                .expect("0");

        String subject = market.server
                .database()
                .inTransaction(tx -> market.server
                        .booking()
                        .payments()
                        .payable(tx, idOf(), order)
                        .subject());
        assertThat(subject).isEqualTo(TITLE);
        assertThat(market.pay(order, "trade-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        for (JsonNode shown : List.of(listed("custom", order), listed("landlord", order), market.shown(order))) {
            assertThat(shown.path("title").asString()).isEqualTo(TITLE);
            assertThat(shown.path("address").asString()).isEqualTo(ADDRESS);
            assertThat(shown.path("img_url").asString()).isEqualTo(picture);
        }
        assertThat(market.guest.get("/user/notices").expect("0").text())
                .contains("「" + TITLE + "」")
                .contains("付款成功")
                .doesNotContain("换了名字");
        for (ApiClient who : List.of(market.guest, market.host)) {
            JsonNode export = who.get("/user/export").expect("0").data();
            JsonNode exported = who == market.guest
                    ? export.path("orders_as_guest").get(0)
                    : export.path("orders_as_host").get(0);
            assertThat(exported.path("title").asString()).isEqualTo(TITLE);
            assertThat(exported.path("address").asString()).isEqualTo(ADDRESS);
        }
        market.server.client().get("/houses/" + house).expect("4002");
        awaitRemovals();
        assertThat(statusOf(picture)).as("the picture of an order stays").isEqualTo(200);
    }

    /** Orders and the removal of the picture at the same time: what an order shows is there afterwards. */
    @Test
    void noOrderShowsAPictureThatWasRemovedMeanwhile() throws Exception {
        List<ApiClient> guests =
                Stream.generate(market.server::registered).limit(4).toList();
        for (int round = 0; round < 5; round++) {
            long house = market.instantHouse();
            long photo = upload(house).data().path("image_id").asLong();
            List<Callable<Reply>> tasks = new ArrayList<>();
            for (int i = 0; i < guests.size(); i++) {
                ApiClient guest = guests.get(i);
                LocalDate night = Market.TODAY.plusDays(10L + i);
                tasks.add(() -> Market.book(guest, house, night, night.plusDays(1)));
            }
            tasks.add(() -> market.host.delete("/houses/" + house + "/images/" + photo));
            Market.together(tasks).forEach(reply -> reply.expect("0"));
            awaitRemovals();
            JsonNode orders =
                    market.host.get("/user/orders?role=landlord").data().path("orders");
            for (JsonNode each : orders) {
                String picture = each.path("img_url").asString();
                if (each.path("house_id").asLong() == house && !picture.isEmpty()) {
                    assertThat(statusOf(picture)).as(picture).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void anOrderThatWaitedForAPicturesRemovalDoesNotShowIt() throws Exception {
        long house = market.instantHouse();
        upload(house);
        Reply[] placed = new Reply[1];
        Thread booking = Thread.ofVirtual()
                .unstarted(() -> placed[0] =
                        Market.book(market.guest, house, Market.TODAY.plusDays(1), Market.TODAY.plusDays(2)));
        market.server.database().inTransaction(tx -> {
            tx.execute("select from house where id = ? for update", house);
            tx.execute("update house set main_image = null where id = ?", house);
            booking.start();
            awaitLock();
            return null;
        });
        booking.join();
        assertThat(listed("custom", Market.order(placed[0])).path("img_url").asString())
                .isEmpty();
    }

    @Test
    void aPicturesRemovalWaitsForAnOrderThatIsBeingPlaced() throws Exception {
        long house = market.instantHouse();
        long photo = upload(house).data().path("image_id").asLong();
        Thread removing =
                Thread.ofVirtual().unstarted(() -> market.host.delete("/houses/" + house + "/images/" + photo));
        market.server.database().inTransaction(tx -> {
            tx.execute("select from house where id = ? for key share", house);
            removing.start();
            awaitLock();
            return null;
        });
        removing.join();
    }

    private void awaitLock() {
        Await.until(() -> market.server
                .database()
                .withConnection(tx -> tx.createQuery("select exists (select from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock')")
                        .mapTo(boolean.class)
                        .one()));
    }

    @Test
    void ordersOfTheVersionBeforeSayWhatTheHouseWas() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("15");
            execute(database, """
                    insert into account (name, mobile, created_at)
                    values ('host', '13900000000', now()), ('guest', '13900000001', now())
                    """);
            execute(database, """
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at, main_image)
                    select 1, 'house ' || i, 1, 1, 'street ' || i, 1, 1, 'flat', 1, 'bed', 0, 1, 0, now(),
                           case when i = 1 then 'p/ab/ab' || repeat('0', 30) end
                    from generate_series(1, 2) i
                    """);
            placeAsTheVersionBefore(database);
            database.schema().migrate();
            execute(database, "update house set title = 'another', address = 'elsewhere', main_image = null");
            placeAsTheVersionBefore(database);
            assertThat(database.<List<String>, RuntimeException>withConnection(
                            tx -> tx.createQuery("select title || '|' || address || '|' || coalesce(main_image, '')"
                                            + " from orders order by id")
                                    .mapTo(String.class)
                                    .list()))
                    .containsExactly(
                            "house 1|street 1|p/ab/ab" + "0".repeat(30),
                            "house 2|street 2|",
                            "another|elsewhere|",
                            "another|elsewhere|");
        }
    }

    /** Protection: the columns of orders; read from the house, the guest of a placed order is held to other rules. */
    @Test
    void timesAndRulesAreThoseOfTheDayOfBooking() {
        long house = market.house(Map.of(
                "instant_booking",
                true,
                "check_in_from",
                "13:30",
                "check_in_until",
                "23:00",
                "check_out_by",
                "10:15",
                "rules",
                "院内禁止吸烟"));
        long order = market.booked(house, 20, 21);
        market.host
                .put(
                        "/houses/" + house,
                        "{\"check_in_from\": \"18:00\", \"check_in_until\": null, \"check_out_by\": \"08:00\","
                                + " \"rules\": \"不准说话\"}")
                .expect("0");
        JsonNode shown = market.shown(order);
        assertThat(shown.path("check_in_from").asString()).isEqualTo("13:30");
        assertThat(shown.path("check_in_until").asString()).isEqualTo("23:00");
        assertThat(shown.path("check_out_by").asString()).isEqualTo("10:15");
        assertThat(shown.path("rules").asString()).isEqualTo("院内禁止吸烟");
        // An order that the version before placed says what houses said then.
        market.server.sql(
                "update orders set check_in_from = null, check_in_until = null, check_out_by = null, rules = null"
                        + " where id = " + order);
        JsonNode old = market.shown(order);
        assertThat(old.path("check_in_from").asString()).isEqualTo("15:00");
        assertThat(old.path("check_in_until").isNull()).isTrue();
        assertThat(old.path("check_out_by").asString()).isEqualTo("11:00");
        assertThat(old.path("rules").asString()).isEmpty();
        Market.act(market.guest, order, "cancel").expect("0");
    }

    private static void placeAsTheVersionBefore(Database database) {
        execute(database, """
                insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                    cancellation_policy, deadline, created_at)
                select id, 2, 1, '2026-06-02', '2026-06-03', 1, 0, 'WAIT_ACCEPT', 'flexible', now(), now()
                from house order by id
                """);
    }

    private static void execute(Database database, String sql) {
        var _ = database.withConnection(handle -> handle.execute(sql));
    }

    private Reply upload(long house) throws Exception {
        return market.host
                .upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(800, 600))
                .expect("0");
    }

    /** Removals of pictures that are due; one that is planned for later belongs to an upload. */
    private void awaitRemovals() {
        Await.until(() -> market.server
                .database()
                .withConnection(tx -> tx.createQuery("""
                                select not exists (select from outbox where kind = 'remove-picture'
                                                   and next_attempt <= :now)
                                """)
                        .bind("now", market.server.clock().instant())
                        .mapTo(boolean.class)
                        .one()));
    }

    private long idOf() {
        return market.guest.get("/user").expect("0").data().path("user_id").asLong();
    }

    private JsonNode listed(String role, long order) {
        ApiClient who = role.equals("custom") ? market.guest : market.host;
        for (JsonNode each :
                who.get("/user/orders?role=" + role).expect("0").data().path("orders")) {
            if (each.path("order_id").asLong() == order) {
                return each;
            }
        }
        throw new AssertionError("order " + order + " is not listed");
    }

    private static int statusOf(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
