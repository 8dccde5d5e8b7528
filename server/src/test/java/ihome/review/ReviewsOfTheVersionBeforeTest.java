package ihome.review;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comments that the version before wrote, before this one came and beside it. */
final class ReviewsOfTheVersionBeforeTest {
    @Test
    void areShownAndCountedAsTheyWere() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("40");
            database.withConnection(tx -> tx.execute("""
                    insert into account (name, mobile, created_at) values
                        ('h', '13900000000', now()), ('g', '13900000001', now())
                    """));
            database.withConnection(tx -> tx.execute("""
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at)
                    values (1, 'house', 100, 1, 'street', 1, 1, 'flat', 1, 'bed', 300, 1, 0, now())
                    """));
            commentOfTheVersionBefore(database, 1, 5);
            database.schema().migrate();
            commentOfTheVersionBefore(database, 2, 2);
            ReviewStore reviews = new ReviewStore();
            Instant now = Instant.now();
            database.inTransaction(tx -> {
                assertThat(reviews.newest(tx, 1, 30, now))
                        .extracting(Review::stars)
                        .containsExactlyInAnyOrder(5, 2);
                assertThat(reviews.means(tx, 1, now).clean()).isNull();
                assertThat(reviews.uncounted(tx, now, 10)).isEmpty();
                assertThat(reviews.reply(tx, 1, "谢谢", now)).isTrue();
                return null;
            });
            assertThat(rating(database)).isEqualByComparingTo("3.5");
            database.inTransaction(tx -> reviews.hide(tx, 2, now));
            assertThat(rating(database)).isEqualByComparingTo("5");
        }
    }

    /** Two nodes that update houses in different orders would wait for each other. Protection: order by in uncounted. */
    @Test
    void whatIsCountedComesInTheOrderOfTheHouses() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrate();
            database.withConnection(tx -> tx.execute("""
                    insert into account (name, mobile, created_at) values
                        ('h', '13900000000', now()), ('g', '13900000001', now())
                    """));
            database.withConnection(tx -> tx.execute("""
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at)
                    select 1, 'house', 100, 1, 'street', 1, 1, 'flat', 1, 'bed', 300, 1, 0, now() from generate_series(1, 3)
                    """));
            for (int order = 1; order <= 3; order++) {
                commentOfTheVersionBefore(database, order, 5);
            }
            database.withConnection(tx -> tx.execute("update review set house_id = order_id, counted = false,"
                    + " shown_at = now() - order_id * interval '1 hour'"));
            List<ReviewStore.Subject> counted =
                    database.inTransaction(tx -> new ReviewStore().uncounted(tx, Instant.now(), 2));
            assertThat(counted)
                    .as("the oldest, in the order of their houses")
                    .extracting(ReviewStore.Subject::house)
                    .containsExactly(2L, 3L);
        }
    }

    private static void commentOfTheVersionBefore(Database database, int order, int stars) {
        database.inTransaction(tx -> {
            tx.execute("""
                    insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                        cancellation_policy, payment, created_at, title, address)
                    values (1, 2, 1, date '2026-01-01' + %1$d, date '2026-01-02' + %1$d, 100, 300, 'COMPLETE', 'flexible',
                            'p%1$d', now(), 'house', 'street')
                    """.formatted(order));
            tx.execute(
                    "insert into order_line (order_id, night, price) select id, start_date, 100 from orders where id = "
                            + order);
            tx.execute("""
                    insert into review (order_id, house_id, guest_id, comment, stars, created_at)
                    values (%d, 1, 2, 'fine', %d, now())
                    """.formatted(order, stars));
            tx.execute("update house set rating_sum = rating_sum + " + stars + ", rating_count = rating_count + 1");
            return null;
        });
    }

    private static BigDecimal rating(Database database) {
        return database.withConnection(tx -> tx.createQuery("select rating_sum::numeric / rating_count from house")
                .mapTo(BigDecimal.class)
                .one());
    }
}
