package ihome.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class DatabaseUrlTest {
    /** What the driver makes of it, which is what counts. */
    private static Properties read(String url) {
        return Objects.requireNonNull(
                Driver.parseURL(DatabaseUrl.toJdbc(url), null), "the driver does not read what came of " + url);
    }

    @Test
    void everyPart() {
        Properties read = read("postgres://ann:secret@db.example.com:6543/ihome?sslmode=require");
        assertThat(read)
                .containsEntry("PGHOST", "db.example.com")
                .containsEntry("PGPORT", "6543")
                .containsEntry("PGDBNAME", "ihome")
                .containsEntry("user", "ann")
                .containsEntry("password", "secret")
                .containsEntry("sslmode", "require");
    }

    @Test
    void theOtherSchemeAndDefaults() {
        assertThat(read("postgresql://ann@localhost/ihome"))
                .containsEntry("PGHOST", "localhost")
                .containsEntry("PGPORT", "5432")
                .containsEntry("user", "ann")
                .doesNotContainKey("password");
        assertThat(read("postgres://localhost/ihome?user=ann&password=b")).containsEntry("password", "b");
    }

    @Test
    void specialCharactersOfAPasswordArriveAsTheyAre() {
        assertThat(read("postgres://a%40n:p+w%26%3D%25%2F%E9%94%AE@localhost/ihome"))
                .containsEntry("user", "a@n")
                .containsEntry("password", "p+w&=%/键");
        assertThat(read("postgres://ann:a&b=c!$@localhost/ihome")).containsEntry("password", "a&b=c!$");
        assertThat(read("postgres://ann:@localhost/ihome")).containsEntry("password", "");
    }

    @Test
    void hostsThatAreNoUriHosts() {
        assertThat(read("postgres://ann:b@my_db/ihome")).containsEntry("PGHOST", "my_db");
        assertThat(read("postgres://ann:b@[::1]:6543/ihome"))
                .containsEntry("PGHOST", "[::1]")
                .containsEntry("PGPORT", "6543");
        assertThat(read("postgres://ann:b@one:5432,two:5433/ihome"))
                .containsEntry("PGHOST", "one,two")
                .containsEntry("PGPORT", "5432,5433");
    }

    @Test
    void aJdbcUrlStaysAsItIs() {
        String url = "jdbc:postgresql://localhost/ihome?user=ann&password=b";
        assertThat(DatabaseUrl.toJdbc(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:5432/ihome",
                "mysql://ann:s3cret@localhost/ihome",
                "jdbc:mysql://localhost/x",
                "postgres://",
                "postgres:///ihome",
                "postgres://ann:s3cret/x@localhost/ihome",
                "postgres://ann:s3%zz@localhost/ihome",
                "postgres://ann:s3 cret@localhost/ihome",
                "http://localhost"
            })
    void whatIsNoAddressOfAPostgresIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.toJdbc(text))
                .withMessageNotContaining("s3");
    }
}
