package ihome.platform.rendered;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads brotli's native part. The library unpacks a megabyte into a new folder below the temporary folder and leaves it
 * to an orderly end of the virtual machine to delete it, which neither a stop ({@code halt}) nor a kill is. Here it is
 * unpacked into a folder of our own, which is deleted as soon as it is loaded: a mapped file needs no name.
 */
final class NativeBrotli {
    private static final Logger log = LoggerFactory.getLogger(NativeBrotli.class);
    /** Where the library unpacks to; {@code Brotli4jLoader.resolveWorkdir}. */
    private static final String WORK_FOLDER = "com.aayushatharva.brotli4j.native.workdir";

    private NativeBrotli() {}

    /** False where it does not fit this machine, or cannot be unpacked. To be called once. */
    static boolean load() {
        Path folder;
        try {
            folder = Files.createTempDirectory("ihome-native-");
        } catch (IOException e) {
            log.warn("brotli cannot be unpacked: {}", e.toString());
            return false;
        }
        System.setProperty(WORK_FOLDER, folder.toString());
        try {
            return Brotli4jLoader.isAvailable();
        } finally {
            System.clearProperty(WORK_FOLDER);
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            log.info("left {} where it is: {}", folder, e.toString());
        }
    }
}
