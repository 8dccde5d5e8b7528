package ihome.platform.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: changes are made through one log and heard on the other. */
class ChangeFollowerTest {
    private final Database database = database();
    private final ChangeLog here = new ChangeLog(database);
    private final ChangeLog there = new ChangeLog(database);
    private final Heard heardHere = new Heard();
    private final Heard heardThere = new Heard();

    private static final class Heard implements ChangeListener {
        private final Queue<Topic> topics = new ConcurrentLinkedQueue<>();
        private final AtomicInteger anything = new AtomicInteger();

        @Override
        public void changed(Set<Topic> changed) {
            topics.addAll(changed);
        }

        @Override
        public void anythingMayHaveChanged() {
            anything.incrementAndGet();
        }

        boolean has(int id) {
            return topics.contains(house(id));
        }
    }

    private static Database database() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        return new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 4));
    }

    private static Topic house(int id) {
        return new Topic("house", id);
    }

    private void change(int id) {
        database.inTransaction(tx -> {
            here.append(tx, house(id));
            return null;
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theCommittingNodeHearsBeforeItGoesOn() {
        here.listen(heardHere);
        change(1);
        assertThat(heardHere.topics).containsExactly(house(1));
    }

    @Test
    void whatIsRolledBackIsNotHeard() {
        here.listen(heardHere);
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            assertThatThrownBy(() -> database.inTransaction(tx -> {
                        here.append(tx, house(1));
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            change(2);
            await(() -> heardThere.has(2));
            assertThat(heardThere.topics).containsExactly(house(2));
            assertThat(heardHere.topics).containsExactly(house(2));
        }
    }

    @Test
    void anotherNodeHearsEachOnce() {
        there.listen(heardThere);
        try (ChangeFollower follower = new ChangeFollower(database, there)) {
            assertThat(heardThere.anything).hasValue(1);
            for (int i = 1; i <= 100; i++) {
                change(i);
            }
            await(() -> heardThere.has(100));
            assertThat(heardThere.topics).hasSize(100).doesNotHaveDuplicates();
            await(() -> follower.isWithin(Duration.ofMillis(200)));
        }
    }

    @Test
    void theCommittingNodeHearsEachOnceAlthoughItFollows() {
        here.listen(heardHere);
        try (ChangeFollower _ = new ChangeFollower(database, here)) {
            for (int i = 1; i <= 50; i++) {
                change(i);
            }
            database.inTransaction(tx -> {
                there.append(tx, house(51));
                return null;
            });
            await(() -> heardHere.has(51));
            assertThat(heardHere.topics).hasSize(51).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLongTransactionDelaysNobodyAndIsHeardAtItsEnd() {
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there);
                Handle slow = database.openOutsidePool()) {
            slow.begin();
            here.append(slow, house(1));
            change(2);
            change(3);
            await(() -> heardThere.has(2) && heardThere.has(3));
            assertThat(heardThere.has(1)).isFalse();
            slow.commit();
            await(() -> heardThere.has(1));
            change(4);
            await(() -> heardThere.has(4));
            assertThat(heardThere.topics).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void aBrokenConnectionIsMadeAnewAndNothingIsMissed() {
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            change(1);
            await(() -> heardThere.has(1));
            database.withConnection(handle -> handle.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and query like '%change_log%'
                    """));
            change(2);
            await(() -> heardThere.has(2));
        }
    }

    @Test
    void onlyOldRowsAreSweptAway() {
        change(1);
        database.withConnection(handle -> handle.execute("update change_log set at = at - interval '2 hours'"));
        change(2);
        assertThat(here.sweep()).isEqualTo(1);
        assertThat(here.sweep()).isZero();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
