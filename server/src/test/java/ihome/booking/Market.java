package ihome.booking;

import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** A host with a house, guests, and what they do with orders: what every test of booking begins with. */
public final class Market implements AutoCloseable {
    /** The day that {@link TestServer#START} falls on. */
    public static final LocalDate TODAY = LocalDate.parse("2026-06-01");

    public final TestServer server;
    public final ApiClient host;
    public final ApiClient guest;

    public Market() {
        this(Map.of());
    }

    /** With options as environment variables. */
    public Market(Map<String, String> environment) {
        Map<String, String> options = new HashMap<>(environment);
        options.putIfAbsent("IHOME_SESSION_DAYS", "90"); // stays and months go by
        server = TestServer.start(options);
        host = server.registered();
        guest = server.registered();
    }

    /** A house with further fields or other values than 388 yuan a night, 500 yuan deposit, one night and more. */
    public long house(Map<String, Object> fields) {
        Map<String, Object> house = new HashMap<>(Map.of(
                "title", "鼓楼旁的四合院",
                "price", "388.00",
                "address", "鼓楼东大街",
                "area_id", 1,
                "room_count", 2,
                "acreage", 60,
                "unit", "两室一厅",
                "capacity", 4,
                "beds", "双人床2张",
                "deposit", "500"));
        house.put("min_days", 1);
        house.put("max_days", 0);
        house.putAll(fields);
        return host.post("/houses", Json.text(house))
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
    }

    public long house() {
        return house(Map.of());
    }

    public long instantHouse() {
        return house(Map.of("instant_booking", true));
    }

    public static Reply book(ApiClient guest, long house, LocalDate start, LocalDate end) {
        return guest.post(
                "/orders",
                Json.text(Map.of("house_id", house, "start_date", start.toString(), "end_date", end.toString())));
    }

    /** Books nights from today on, counted from 0, and returns the order. */
    public long booked(long house, int from, int until) {
        return order(book(guest, house, TODAY.plusDays(from), TODAY.plusDays(until)));
    }

    public static long order(Reply reply) {
        return reply.expect("0").data().path("order_id").asLong();
    }

    /** The first order of a list, as {@code role} sees it. */
    public static JsonNode listed(ApiClient who, String role) {
        return who.get("/user/orders?role=" + role)
                .expect("0")
                .data()
                .path("orders")
                .get(0);
    }

    public static Reply act(ApiClient who, long order, String action) {
        return who.put("/orders/" + order + "/status", Json.text(Map.of("action", action, "reason", "行程有变")));
    }

    public JsonNode shown(long order) {
        return guest.get("/orders/" + order).expect("0").data();
    }

    public String status(long order) {
        return shown(order).path("status").asString();
    }

    /** What the database says, without the clock's due work. */
    public String writtenStatus(long order) {
        return server.database()
                .withConnection(tx -> tx.createQuery("select status from orders where id = :id")
                        .bind("id", order)
                        .mapTo(String.class)
                        .one());
    }

    public OrderPayments.Outcome pay(long order, String reference) {
        return pay(order, new Money(shown(order).path("total").asLong()), reference);
    }

    OrderPayments.Outcome pay(long order, Money amount, String reference) {
        return server.database().inTransaction(tx -> server.booking().payments().paid(tx, order, amount, reference));
    }

    /** Makes every open refund, as the provider would; returns their sum in fen. */
    public long refundAll() {
        return server.database().inTransaction(tx -> {
            long sum = 0;
            for (OrderPayments.OpenRefund refund : openRefunds(tx)) {
                server.booking().payments().refunded(tx, refund);
                sum += refund.total().fen();
            }
            return sum;
        });
    }

    private static List<OrderPayments.OpenRefund> openRefunds(Handle tx) {
        return tx.createQuery("select * from refund where done_at is null order by id")
                .map((row, _) -> new OrderPayments.OpenRefund(
                        row.getLong("id"),
                        row.getLong("order_id"),
                        row.getString("payment"),
                        new Money(row.getLong("lodging")),
                        new Money(row.getLong("deposit"))))
                .list();
    }

    /** Lets the job do all that is due; the server's own may be at it as well. */
    public void settleDue() {
        Await.until(() -> {
            server.booking().dueOrders().run();
            Instant now = server.clock().instant();
            return server.database()
                    .withConnection(tx -> tx.createQuery("""
                            select not exists (select from orders
                                               where deadline <= :now or (status = 'PAID'
                                                   and (end_date + coalesce(check_out_by, time '11:00'))
                                                       at time zone 'Asia/Shanghai' <= :now))
                            """)
                            .bind("now", now)
                            .mapTo(boolean.class)
                            .one());
        });
    }

    public List<LocalDate> claimed(long house) {
        return server.database()
                .withConnection(
                        tx -> tx.createQuery("select night from night_claim where house_id = :house order by night")
                                .bind("house", house)
                                .mapTo(LocalDate.class)
                                .list());
    }

    /** Runs all at once: every thread is there before the first may go. */
    public static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        CountDownLatch ready = new CountDownLatch(tasks.size());
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    go.await();
                    return task.call();
                }));
            }
            ready.await();
            go.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
