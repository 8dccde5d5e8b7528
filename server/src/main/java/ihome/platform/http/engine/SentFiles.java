package ihome.platform.http.engine;

import ihome.platform.http.FileHandles;
import ihome.platform.http.StoredBody;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Files that the operating system itself copies to the connections of their clients (sendfile). Each is open until it is
 * sent, so there is at most one for eight connections, for which {@link FileHandles} leaves room.
 */
final class SentFiles {
    private final Semaphore free;
    /** Takes whatever is written; null: this system has nothing like that. */
    private final @Nullable FileChannel nowhere;

    SentFiles(int connections) {
        free = new Semaphore(Math.max(1, connections / 8));
        nowhere = nowhere();
    }

    private static @Nullable FileChannel nowhere() {
        try {
            return FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Opens a body's part of a file until it is released. Blocks until the disk has been read, which the event loop would
     * else wait for.
     *
     * @return null when it has to be read instead: as many as may be are open
     * @throws IOException it is gone, or shorter than it was
     */
    @Nullable
    FileRegion open(Path file, StoredBody body) throws IOException {
        if (nowhere == null || !free.tryAcquire()) {
            return null;
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            free.release();
            throw e;
        }
        FileRegion region = region(channel, body);
        boolean ready = false;
        try {
            if (channel.size() < body.from() + body.length()) {
                throw new IOException("the body is shorter than it was");
            }
            channel.transferTo(body.from(), body.length(), nowhere);
            ready = true;
            return region;
        } finally {
            if (!ready) {
                region.release();
            }
        }
    }

    private FileRegion region(FileChannel channel, StoredBody body) {
        return new DefaultFileRegion(channel, body.from(), body.length()) {
            @Override
            protected void deallocate() {
                super.deallocate();
                free.release();
            }
        };
    }
}
