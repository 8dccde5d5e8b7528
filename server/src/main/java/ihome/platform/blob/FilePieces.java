package ihome.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file's bytes, opened anew for each piece: whoever takes them slowly holds no file handle. For large pieces only. */
final class FilePieces extends InputStream {
    private final Path file;
    private long position;

    FilePieces(Path file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Reads nothing, and may go beyond the end. */
    @Override
    public long skip(long bytes) {
        position += Math.max(bytes, 0);
        return Math.max(bytes, 0);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
