package ihome.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Uploads that a process holds on disk: open files without a name. */
public final class SpilledUploads {
    private SpilledUploads() {}

    /** How many of this process begin with a mark. */
    public static long count(String mark) {
        Path handles = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(handles), "open files are read from Linux's /proc");
        try (Stream<Path> files = Files.list(handles)) {
            return files.filter(SpilledUploads::isUpload)
                    .filter(file -> beginsWith(file, mark))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isUpload(Path handle) {
        try {
            return Files.readSymbolicLink(handle).getFileName().toString().startsWith("ihome-upload-");
        } catch (IOException closed) {
            return false;
        }
    }

    private static boolean beginsWith(Path file, String mark) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(mark.length()), UTF_8).equals(mark);
        } catch (IOException closed) {
            return false;
        }
    }
}
