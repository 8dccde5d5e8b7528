package ihome.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are kept beside the tests and change on purpose only. With {@code -Dihome.golden=renew} they are written
 * anew instead of compared; the difference is then in the commit for all to see.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "ihome");

    private Golden() {}

    public static void check(String name, String actual) {
        if ("renew".equals(System.getProperty("ihome.golden"))) {
            renew(name, actual);
            return;
        }
        assertThat(actual)
                .as(
                        "%s; if the change is meant, renew it with"
                                + " mvn -pl server test -Dtest='Golden*Test' -Dihome.golden=renew and commit it",
                        name)
                .isEqualTo(kept(name));
    }

    private static String kept(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/ihome/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void renew(String name, String actual) {
        try {
            Files.writeString(FOLDER.resolve(name), actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
