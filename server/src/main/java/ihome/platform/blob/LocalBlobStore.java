package ihome.platform.blob;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Blobs as files of a folder of this machine: the key is the path below the folder, so keys should spread themselves
 * over sub-folders. The application serves them at {@code publicUrl/media/key}.
 *
 * <p>Nothing outside the folder is read, written or deleted: keys cannot name it (see {@link BlobStore}), and a
 * symbolic link below the folder is refused, whatever it points to. The folder itself may be a link.
 */
public final class LocalBlobStore implements BlobStore {
    /** Half-written files; no key begins with a dot. */
    private static final String INCOMING = ".incoming";

    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final Path incoming;
    private final PublicUrl publicUrl;

    /**
     * @param folder created if absent
     * @param publicUrl absolute http or https address of this site, with or without a trailing slash
     * @throws BlobStoreException the folder cannot be made
     */
    public LocalBlobStore(Path folder, URI publicUrl) {
        this.publicUrl = PublicUrl.ofSite(publicUrl);
        try {
            Files.createDirectories(folder);
            this.folder = folder.toRealPath();
            this.incoming = Files.createDirectories(this.folder.resolve(INCOMING));
            deleteAbandoned();
        } catch (IOException e) {
            throw new BlobStoreException("cannot use the folder " + folder, e);
        }
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        Path file = path(key);
        Path part = incoming.resolve(UUID.randomUUID().toString());
        try {
            makeFolders(folderOf(file));
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folderOf(file));
        } catch (IOException e) {
            throw withoutPart(part, new BlobStoreException("cannot write " + key, e));
        }
    }

    @Override
    public void delete(String key) {
        Path file = path(key);
        try {
            if (exists(file)) {
                Files.deleteIfExists(file);
                sync(folderOf(file));
            }
        } catch (IOException e) {
            throw new BlobStoreException("cannot delete " + key, e);
        }
    }

    @Override
    public Optional<Blob> read(String key) {
        Path file = path(key);
        try {
            if (!exists(file)) {
                return Optional.empty();
            }
            FileTime written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new Blob(Files.readAllBytes(file), written.toInstant()));
        } catch (NoSuchFileException deletedMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BlobStoreException("cannot read " + key, e);
        }
    }

    @Override
    public Optional<StoredBlob> open(String key) {
        Path file = path(key);
        try {
            if (!exists(file)) {
                return Optional.empty();
            }
            FileTime written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new StoredBlob(Files.size(file), 0, written.toInstant(), () -> new FilePieces(file), file));
        } catch (NoSuchFileException deletedMeanwhile) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BlobStoreException("cannot read " + key, e);
        }
    }

    @Override
    public OptionalLong size(String key) {
        Path file = path(key);
        try {
            return exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (NoSuchFileException deletedMeanwhile) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new BlobStoreException("cannot read the size of " + key, e);
        }
    }

    @Override
    public String url(String key) {
        return publicUrl.of(key);
    }

    @Override
    public boolean servedHere() {
        return true;
    }

    private Path path(String key) {
        Path file = folder.resolve(BlobKey.require(key)).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException("not a blob key");
        }
        return file;
    }

    /** Whether the key is a file here. A store that lost its folder, or holds a link on the way, is a failure. */
    private boolean exists(Path file) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the folder is gone");
        }
        Path step = folder;
        for (Path name : folder.relativize(file)) {
            step = step.resolve(name);
            refuseLink(step);
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    private void makeFolders(Path parent) throws IOException {
        Path step = folder;
        for (Path name : folder.relativize(parent)) {
            Path above = step;
            step = step.resolve(name);
            refuseLink(step);
            if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(step);
                sync(above);
            }
        }
    }

    private static void refuseLink(Path step) throws IOException {
        if (Files.isSymbolicLink(step)) {
            throw new IOException("a symbolic link is in the way: " + step.getFileName());
        }
    }

    /** A file's name is durable only when its folder is. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static BlobStoreException withoutPart(Path part, BlobStoreException failure) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** What a crash left half-written; recent files may be another process's and are left alone. */
    private void deleteAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(limit)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }
}
