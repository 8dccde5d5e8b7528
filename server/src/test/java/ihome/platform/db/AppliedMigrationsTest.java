package ihome.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.AppliedMigrations.State;
import ihome.platform.db.embedded.TestPostgres;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That nothing is to be done is said without Flyway, and only when Flyway says so too. */
@Tag("slow")
class AppliedMigrationsTest {
    private static final String NEWEST =
            "where installed_rank = (select max(installed_rank) from flyway_schema_history)";

    private final TestPostgres.Database server = TestPostgres.freshDatabase();
    private final Database database =
            new Database(new DatabaseConfig(server.jdbcUrl(), server.user(), server.password(), 2));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void allAreThereAfterMigrationAndNoneBefore() {
        assertThat(state()).isEqualTo(State.NONE);
        database.schema().migrate();
        assertThat(isUpToDate()).isTrue();
        assertThatNoException().isThrownBy(database.schema()::migrate);
    }

    @Test
    void anOlderSchemaIsBroughtUpToDate() {
        database.schema().migrateTo("2");
        assertThat(state()).isEqualTo(State.OLDER);
        assertThatThrownBy(database.schema()::requireCurrent)
                .isInstanceOfSatisfying(
                        SchemaMismatch.class, e -> assertThat(e.isNewer()).isFalse())
                .hasMessageContaining("(version 2) is older than this program");
        assertThat(state()).isEqualTo(State.OLDER);
        database.schema().migrate();
        assertThat(isUpToDate()).isTrue();
    }

    @Test
    void alteredMigrationsAreRefused() {
        database.schema().migrate();
        change("update flyway_schema_history set checksum = checksum + 1 where version = '2'");
        assertRefused();
    }

    @Test
    void migrationsThatFailedAreRefused() {
        database.schema().migrate();
        change("update flyway_schema_history set success = false " + NEWEST);
        assertRefused();
    }

    @Test
    void renamedMigrationsAreLeftToFlyway() {
        database.schema().migrate();
        change("update flyway_schema_history set script = 'V99__other.sql' " + NEWEST);
        assertThat(isUpToDate()).isFalse();
    }

    @Test
    void theSchemaOfANewerProgramIsRefused() {
        database.schema().migrate();
        change("""
                insert into flyway_schema_history
                select installed_rank + 1, '9999', 'of the future', type, 'V9999__of_the_future.sql', checksum, installed_by,
                       installed_on, execution_time, success
                from flyway_schema_history\s""" + NEWEST);
        assertThat(state()).isEqualTo(State.NEWER);
        assertThatThrownBy(database.schema()::migrate)
                .isInstanceOfSatisfying(
                        SchemaMismatch.class, e -> assertThat(e.isNewer()).isTrue())
                .hasMessageContaining("(version 9999) is newer than this program");
        assertThatThrownBy(database.schema()::requireCurrent).isInstanceOf(SchemaMismatch.class);
        assertThatThrownBy(() -> database.schema().migrateTo("2")).isInstanceOf(SchemaMismatch.class);
    }

    private boolean isUpToDate() {
        return state() == State.CURRENT;
    }

    private State state() {
        return database.withConnection(handle -> AppliedMigrations.in(handle, "db/migration"))
                .state();
    }

    private void change(String sql) {
        database.withConnection(handle -> assertThat(handle.execute(sql)).isOne());
    }

    private void assertRefused() {
        assertThat(isUpToDate()).isFalse();
        assertThatExceptionOfType(FlywayException.class).isThrownBy(database.schema()::migrate);
    }
}
