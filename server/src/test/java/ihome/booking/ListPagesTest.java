package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists that grow with what somebody has done are answered in pages, whatever their length. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListPagesTest {
    private static final int ORDERS = 650;
    private static final int HOUSES = 450;

    private final Market market = new Market();

    @BeforeAll
    void fill() {
        long house = market.house();
        market.server.sql("""
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, created_at)
                select owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds, deposit,
                       min_days, max_days, created_at
                from house, generate_series(2, %d) where id = %d
                """.formatted(HOUSES, house));
        long first = Market.order(Market.book(market.guest, house, Market.TODAY.plusDays(1), Market.TODAY.plusDays(2)));
        Market.act(market.guest, first, "cancel").expect("0");
        market.server.sql("""
                insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                    cancellation_policy, ended_by, created_at, title, address)
                select house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status, cancellation_policy,
                       ended_by, created_at, title, address
                from orders, generate_series(2, %d) where id = %d
                """.formatted(ORDERS, first));
        market.server.sql("""
                insert into notice (account_id, order_id, text, created_at)
                select guest_id, id, '订单已失效', created_at from orders
                """);
    }

    @AfterAll
    void close() {
        market.close();
    }

    private ApiClient who(String path) {
        return path.contains("house") || path.contains("landlord") ? market.host : market.guest;
    }

    @ParameterizedTest
    @CsvSource({
        "/user/orders, orders, order_id",
        "/user/orders?role=landlord, orders, order_id",
        "/user/notices, notices, notice_id",
        "/user/houses, houses, house_id",
        "/user/houses/occupancy, houses, house_id"
    })
    void withoutPagesTwoHundredAreAnswered(String path, String list, String id) {
        Reply reply = who(path).get(path).expect("0");
        assertThat(reply.data().path(list).size()).isEqualTo(200);
        assertThat(reply.body().length).isLessThan(200_000);
        assertThat(reply.data().path("next").asString())
                .isEqualTo(reply.data().path(list).get(199).path(id).asString());
    }

    @ParameterizedTest
    @CsvSource({
        "/user/notices, notices, notice_id",
        "/user/houses, houses, house_id",
        "/user/houses/occupancy, houses, house_id"
    })
    void pagesAreTheWholeListOnceNewestFirst(String path, String list, String id) {
        List<Long> whole = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = who(path)
                    .get(path + "?limit=97" + (next.isEmpty() ? "" : "&before=" + next))
                    .expect("0")
                    .data();
            page.path(list).forEach(entry -> whole.add(entry.path(id).asLong()));
            next = page.path("next").isNull() ? "" : page.path("next").asString();
        } while (!next.isEmpty());
        String table = list.equals("houses") ? "house" : "notice";
        String of = list.equals("houses")
                ? "owner_id = (select host_id from orders limit 1)"
                : "account_id = (select guest_id from orders limit 1)";
        assertThat(whole)
                .isEqualTo(
                        market.server.texts("select id from " + table + " where " + of + " order by id desc").stream()
                                .map(Long::valueOf)
                                .toList());
    }

    /** What is added meanwhile moves no page. */
    @Test
    void aPageStaysWhatItIs() {
        JsonNode first = market.guest.get("/user/orders?limit=3").expect("0").data();
        market.server.sql("""
                insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                    cancellation_policy, ended_by, created_at, title, address)
                select house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status, cancellation_policy,
                       ended_by, created_at, title, address
                from orders order by id limit 1
                """);
        JsonNode second = market.guest
                .get("/user/orders?limit=3&before=" + first.path("next").asString())
                .expect("0")
                .data();
        long newest = first.path("orders").get(0).path("order_id").asLong();
        assertThat(second.path("orders")
                        .valueStream()
                        .map(order -> order.path("order_id").asLong()))
                .containsExactlyElementsOf(LongStream.of(newest - 3, newest - 4, newest - 5)
                        .boxed()
                        .toList());
    }

    @Test
    void aPageHasTwentyUnlessItIsSaid() {
        String next = market.guest.get("/user/orders").data().path("next").asString();
        assertThat(market.guest
                        .get("/user/orders?before=" + next)
                        .data()
                        .path("orders")
                        .size())
                .isEqualTo(20);
        assertThat(market.guest
                        .get("/user/orders?before=1")
                        .expect("0")
                        .data()
                        .path("next")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=1000000000000",
        "before=x",
        "before=-1",
        "before=1;2"
    })
    void otherValuesAreRefusedByName(String query) {
        for (String path : List.of("/user/orders", "/user/notices", "/user/houses", "/user/houses/occupancy")) {
            assertThat(market.guest.get(path + "?" + query).expect("4103").text())
                    .contains(query.startsWith("limit") ? "limit" : "before");
        }
    }
}
