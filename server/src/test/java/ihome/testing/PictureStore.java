package ihome.testing;

import ihome.platform.blob.S3MockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a test server keeps its pictures, for a test that counts them or breaks it. */
public sealed interface PictureStore extends AutoCloseable {
    /** Options that make a node use it. */
    Map<String, String> environment();

    /** Files that hold stored pictures, half-written ones too. */
    long files();

    /** Adds a file that no picture of the site is. */
    void add(String name, String text);

    /** While it works, nothing can be read or stored. */
    void without(Runnable work);

    @Override
    void close();

    /** A folder. */
    record Folder(Path folder) implements PictureStore {
        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public long files() {
            return StoredFiles.below(folder).size();
        }

        @Override
        public void add(String name, String text) {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void without(Runnable work) {
            Path aside = folder.resolveSibling("blobs-aside");
            try {
                Files.move(folder, aside);
                Files.writeString(folder, "a file where the folder was");
                try {
                    work.run();
                } finally {
                    Files.delete(folder);
                    Files.move(aside, folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }

    /** A bucket of S3, which the nodes reach through a way that can be cut. */
    final class Bucket implements PictureStore {
        private final S3MockServer s3 = S3MockServer.shared();
        private final FaultProxy way = new FaultProxy(s3.port());
        private final String name = s3.freshBucket();

        @Override
        public Map<String, String> environment() {
            return Map.of(
                    "IHOME_MEDIA",
                    "s3",
                    "IHOME_S3_ENDPOINT",
                    "http://127.0.0.1:" + way.port(),
                    "IHOME_S3_BUCKET",
                    name,
                    "IHOME_S3_ACCESS_KEY",
                    "key",
                    "IHOME_S3_SECRET_KEY",
                    "secret");
        }

        @Override
        public long files() {
            return s3.objects(name);
        }

        @Override
        public void add(String key, String text) {
            s3.put(name, key, text);
        }

        @Override
        public void without(Runnable work) {
            way.cut();
            try {
                work.run();
            } finally {
                way.mend();
            }
        }

        @Override
        public void close() {
            way.close();
        }
    }
}
