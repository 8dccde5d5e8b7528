package ihome.platform.db.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The server's log: the current file and one before it, each about as large as the bound at most. */
record ServerLog(Path file, long maxBytes) {
    private static final long DEFAULT_BYTES = 4L << 20;
    private static final int TAIL = 16 << 10;

    static ServerLog of(DataFolder folder) {
        return new ServerLog(folder.log(), DEFAULT_BYTES);
    }

    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Copied and cut rather than renamed, as the running server holds the file open for appending. */
    void keepBounded() throws IOException {
        if (size() > maxBytes) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    /** What was written after a position, the end of it if it is long. */
    String since(long position) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(Math.min(position, in.length()), in.length() - TAIL);
            byte[] text = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    /** The last line after a position that names a failure, without its time stamp; else a word that there is none. */
    String reasonSince(long position) throws IOException {
        return since(position)
                .lines()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst(".*(FATAL|PANIC):\\s*", ""))
                .orElse("no reason given");
    }
}
