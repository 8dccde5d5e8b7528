package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says, line by line as in PostgreSQL's {@code miscadmin.h}. It tells who wrote it,
 * not whether that process still lives.
 *
 * @param port 0 while the server has not got so far
 */
record PostmasterFile(long pid, int port, boolean ready) {
    static Path of(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty where there is no such file, or one that names no process. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readString(of(cluster), StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        boolean hasPort = lines.size() > 3 && lines.get(3).matches("[0-9]{1,5}");
        boolean ready = lines.size() > 7 && lines.get(7).equals("ready");
        return Optional.of(new PostmasterFile(
                Long.parseLong(lines.getFirst()), hasPort ? Integer.parseInt(lines.get(3)) : 0, ready));
    }
}
