package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Data folders that have had their first start, as copies of one: for tests of what comes after it. */
final class ReadyFolder {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable Path model;

    private ReadyFolder() {}

    /** Fills a folder with an empty, stopped database. */
    static void in(Path folder) throws IOException {
        Path source = model();
        try (Stream<Path> tree = Files.walk(source)) {
            for (Path path : tree.toList()) {
                Path copy = folder.resolve(source.relativize(path).toString());
                if (!Files.exists(copy)) {
                    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static Path model() throws IOException {
        LOCK.lock();
        try {
            Path ready = model;
            if (ready == null) {
                ready = Files.createTempDirectory("ihome-test-folder-");
                EmbeddedPostgres.start(ready, Durability.NONE).close();
                Path made = ready;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> TestPostgres.remove(made)));
                model = ready;
            }
            return ready;
        } finally {
            LOCK.unlock();
        }
    }
}
