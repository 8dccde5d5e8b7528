package ihome.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.embedded.TestPostgres;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that are sent in one message. */
class StatementPipelineTest {
    private final Database database = database();

    private static Database database() {
        TestPostgres.Database own = TestPostgres.migratedDatabase();
        return new Database(new DatabaseConfig(own.jdbcUrl(), own.user(), own.password(), 2));
    }

    @BeforeEach
    void table() {
        database.withConnection(
                handle -> handle.execute("create table thing (id bigint primary key, day date, words text)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachStatementHasItsValuesAndItsAnswer() {
        // More often than the driver needs to prepare a statement on the server.
        for (int round = 0; round < 12; round++) {
            long id = 10L * round;
            database.inTransaction(tx -> {
                StatementPipeline all = new StatementPipeline();
                Supplier<Integer> inserted = all.update(
                        "insert into thing (id, day, words) select ? + i, ?, ? from generate_series(0, 2) i",
                        id,
                        LocalDate.parse("2026-06-01"),
                        "a;b ? 院");
                Supplier<Optional<String>> seen =
                        all.first("select words from thing where id = ?", row -> row.getString(1), id + 1);
                Supplier<Optional<String>> nobody =
                        all.first("select words from thing where id = -1", row -> row.getString(1));
                Supplier<Integer> changed = all.update(
                        "update thing set words = null where day = any(?) and id >= ?",
                        new JdbcStatements.Dates(List.of(LocalDate.parse("2026-06-01"))),
                        id);
                assertThatThrownBy(inserted::get).isInstanceOf(IllegalStateException.class);
                List<Integer> afterwards = new ArrayList<>();
                all.then(() -> afterwards.add(changed.get()));
                all.send(tx);
                assertThat(inserted.get()).isEqualTo(3);
                assertThat(seen.get()).contains("a;b ? 院");
                assertThat(nobody.get()).isEmpty();
                assertThat(afterwards).containsExactly(3);
                return null;
            });
        }
    }

    @Test
    void afterOneThatFailsNoneIsRunAndNothingStays() {
        for (int round = 0; round < 7; round++) {
            assertThatThrownBy(() -> database.inTransaction(tx -> {
                        StatementPipeline all = new StatementPipeline();
                        var _ = all.update("insert into thing (id) values (?)", 1L);
                        var _ = all.update("insert into thing (id) values (?)", 1L);
                        var _ = all.update("insert into thing (id) values (?)", 2L);
                        all.then(() -> {
                            throw new AssertionError("done all the same");
                        });
                        all.send(tx);
                        return null;
                    }))
                    .isInstanceOfSatisfying(
                            JdbiException.class,
                            e -> assertThat(Database.violatedConstraint(e)).isEqualTo("thing_pkey"));
        }
        long left = database.withConnection(handle -> handle.createQuery("select count(*) from thing")
                .mapTo(long.class)
                .one());
        assertThat(left).isZero();
    }
}
