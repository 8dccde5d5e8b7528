package ihome.platform.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.Await;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: changes are made through one log and heard on the other. */
@Tag("slow")
class ChangeFollowerTest {
    private final Database database = database();
    private final ChangeLog here = new ChangeLog(database);
    private final ChangeLog there = new ChangeLog(database);
    private final Heard heardHere = new Heard();
    private final Heard heardThere = new Heard();

    private static final class Heard implements ChangeListener {
        private final Queue<ChangeKey> changeKeys = new ConcurrentLinkedQueue<>();
        private final AtomicInteger anything = new AtomicInteger();

        @Override
        public void changed(Set<ChangeKey> changed) {
            changeKeys.addAll(changed);
        }

        @Override
        public void invalidateAll() {
            anything.incrementAndGet();
        }

        boolean has(int id) {
            return changeKeys.contains(house(id));
        }
    }

    private static Database database() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        return new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 4));
    }

    private static ChangeKey house(int id) {
        return new ChangeKey("house", id);
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
        assertThat(heardHere.changeKeys).containsExactly(house(1));
    }

    /** As pg_restore brings them into a new cluster: of transactions that this one has not begun. */
    private void restoreForeignChanges(int rows) {
        database.withConnection(
                handle -> handle.createUpdate("""
                        insert into change_log (xid, topic)
                        select '999999999999'::xid8, 'house:' || i from generate_series(1, :rows) i
                        """).bind("rows", rows).execute());
    }

    private int foreignChanges() {
        return database.withConnection(
                handle -> handle.createQuery("select count(*) from change_log where xid = '999999999999'::xid8")
                        .mapTo(int.class)
                        .one());
    }

    /** Protection: ChangeStore.discardForeign; without it the rows stay for ever, and are read 20 times a second. */
    @Test
    void changesOfAnotherClusterAreDiscardedAtTheStartAndBySweeping() {
        restoreForeignChanges(1_000);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            assertThat(foreignChanges()).isZero();
            restoreForeignChanges(1_000);
            there.sweep();
            assertThat(foreignChanges()).isZero();
        }
    }

    /** Protection: the upper bound in ChangeStore.since. The figure was 47 % of a core for 59,814 rows. */
    @Test
    void changesOfAnotherClusterAreNotRead() {
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            restoreForeignChanges(60_000);
            change(1);
            Await.until(() -> heardThere.has(1));
            assertThat(heardThere.changeKeys).containsExactly(house(1));
            double share = processorShare("changes", Duration.ofSeconds(2));
            // 0.01 on an idle machine; a slower one may take several times that.
            assertThat(share).as("of one processor").isLessThan(0.15);
        }
    }

    /** What a thread takes of one processor, on average over a time. */
    private static double processorShare(String thread, Duration over) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals(thread))
                .mapToLong(Thread::threadId)
                .findFirst()
                .orElseThrow();
        long begun = System.nanoTime();
        long before = threads.getThreadCpuTime(id);
        LockSupport.parkNanos(over.toNanos());
        return (double) (threads.getThreadCpuTime(id) - before) / (System.nanoTime() - begun);
    }

    /** Protection: ChangeKey.parse and the follower's catch; without them its thread ends, and nobody hears anything any more. */
    @Test
    void aTopicOfANewerVersionMayBeAboutAnything() {
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            int before = heardThere.anything.get();
            database.withConnection(handle -> handle.execute("insert into change_log (topic) values ('House/7@2')"));
            Await.until(() -> heardThere.anything.get() > before);
            change(1);
            Await.until(() -> heardThere.has(1));
        }
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
            Await.until(() -> heardThere.has(2));
            assertThat(heardThere.changeKeys).containsExactly(house(2));
            assertThat(heardHere.changeKeys).containsExactly(house(2));
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
            Await.until(() -> heardThere.has(100));
            assertThat(heardThere.changeKeys).hasSize(100).doesNotHaveDuplicates();
            Await.until(() -> follower.isWithin(Duration.ofMillis(200)));
        }
    }

    /** Protection: noteTold in ChangeLog.append; without it a node tells all of its own changes twice. */
    @Test
    void whatTheCommittingNodeHasHeardItsFollowerLeavesOut() {
        here.listen(heardHere);
        here.follow();
        for (int i = 1; i <= 50; i++) {
            change(i);
        }
        database.inTransaction(tx -> {
            there.append(tx, house(51));
            return null;
        });
        assertThat(heardHere.changeKeys).hasSize(50);
        List<Long> leftOver = database.withConnection(
                handle -> handle.createQuery("select id from change_log order by id").mapTo(Long.class).stream()
                        .filter(row -> !here.wasTold(row))
                        .toList());
        assertThat(leftOver).as("rows of other nodes").hasSize(1);
    }

    @Test
    void theCommittingNodeHearsOfTheOthersToo() {
        here.listen(heardHere);
        try (ChangeFollower _ = new ChangeFollower(database, here)) {
            for (int i = 1; i <= 50; i++) {
                change(i);
            }
            database.inTransaction(tx -> {
                there.append(tx, house(51));
                return null;
            });
            Await.until(() -> heardHere.has(51));
            // Hardly any twice: only what the follower saw between the commit and the word of it on this node.
            assertThat(Set.copyOf(heardHere.changeKeys)).hasSize(51);
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
            Await.until(() -> heardThere.has(2) && heardThere.has(3));
            assertThat(heardThere.has(1)).isFalse();
            slow.commit();
            Await.until(() -> heardThere.has(1));
            change(4);
            Await.until(() -> heardThere.has(4));
            assertThat(heardThere.changeKeys).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void aBrokenConnectionIsMadeAnewAndNothingIsMissed() {
        there.listen(heardThere);
        try (ChangeFollower _ = new ChangeFollower(database, there)) {
            change(1);
            Await.until(() -> heardThere.has(1));
            database.withConnection(handle -> handle.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and query like '%change_log%'
                    """));
            change(2);
            Await.until(() -> heardThere.has(2));
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
}
