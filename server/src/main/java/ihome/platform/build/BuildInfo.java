package ihome.platform.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from, as the build wrote it into {@code build.properties}.
 *
 * @param version as in the root {@code pom.xml}; {@code development} when the classes were not built by Maven
 * @param commit the first digits of the commit, with {@code -modified} when files differed from it; {@code unknown} outside
 *     of a checkout
 * @param postgresql the version of the PostgreSQL that comes along; {@code unknown} when the classes were not built by
 *     Maven
 */
public record BuildInfo(String version, String commit, String postgresql) {
    private static final String FILE = "build.properties";
    private static final String UNKNOWN = "unknown";

    /** Of this program. */
    public static BuildInfo current() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE + " of this program", e);
        }
        return new BuildInfo(
                properties.getProperty("version", "development"),
                properties.getProperty("commit", UNKNOWN),
                properties.getProperty("postgresql", UNKNOWN));
    }
}
