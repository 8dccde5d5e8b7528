package ihome.platform.outbox;

import ihome.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The file that messages go to where no provider is configured: one JSON object a line, readable by its owner only. */
public final class OutboxFile {
    private final Path file;

    public OutboxFile(Path file) {
        this.file = file;
    }

    /** Appends one line. Fails with {@link UncheckedIOException} when it cannot be written. */
    public synchronized void append(Map<String, Object> line) {
        byte[] json = Json.bytes(line);
        byte[] bytes = java.util.Arrays.copyOf(json, json.length + 1);
        bytes[json.length] = '\n';
        try {
            if (!Files.exists(file)
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** All of it or nothing: on a full disk the half of a line would spoil the next one too. */
    private void write(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long end = channel.size();
            ByteBuffer rest = ByteBuffer.wrap(line);
            try {
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        }
    }
}
