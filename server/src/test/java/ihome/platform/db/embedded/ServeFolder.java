package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The program of {@link OtherProcess}: serves a folder until its standard input ends. */
final class ServeFolder {
    private ServeFolder() {}

    public static void main(String[] args) throws IOException {
        long begin = System.nanoTime();
        try (EmbeddedPostgres database = EmbeddedPostgres.start(Path.of(args[0]))) {
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            System.out.println("ready " + database.jdbcUrl() + " " + millis);
            while (System.in.read() >= 0) {
                // until the end
            }
        } catch (DatabaseNotStarted e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
