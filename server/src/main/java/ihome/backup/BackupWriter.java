package ihome.backup;

import ihome.platform.config.Secret;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.lingala.zip4j.io.outputstream.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.CompressionLevel;

/**
 * The file of a backup, under way: a ZIP, sealed ({@link SealedHeader}) where there is a key. It has its name only once it is whole and on disk.
 */
final class BackupWriter implements AutoCloseable {
    static final String UNFINISHED = ".unfinished";

    private final Path file;
    private final Path unfinished;
    private final OutputStream onDisk;
    private final ZipOutputStream zip;
    private final Map<String, String> digests = new LinkedHashMap<>();

    BackupWriter(Path file, Optional<Secret> key) throws IOException {
        this.file = file;
        this.unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.onDisk = Files.newOutputStream(unfinished);
        OutputStream out = new BufferedOutputStream(onDisk, 1 << 16);
        this.zip = new ZipOutputStream(key.isPresent() ? new SealedOutput(out, SealedHeader.random(key.get())) : out);
    }

    /** Opens an entry; the last one must be closed. */
    OutputStream entry(String name) throws IOException {
        ZipParameters parameters = new ZipParameters();
        parameters.setFileNameInZip(name);
        parameters.setCompressionLevel(CompressionLevel.FAST);
        zip.putNextEntry(parameters);
        MessageDigest digest = sha256();
        return new FilterOutputStream(new DigestOutputStream(zip, digest)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
                digests.put(name, HexFormat.of().formatHex(digest.digest()));
            }
        };
    }

    void entry(String name, byte[] bytes) throws IOException {
        try (OutputStream out = entry(name)) {
            out.write(bytes);
        }
    }

    /** SHA-256 of what every entry holds so far. */
    Map<String, String> digests() {
        return digests;
    }

    /** Ends the file, has it on disk, and hands out the path under which it can be read before it has its name. */
    Path end() throws IOException {
        zip.close();
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return unfinished;
    }

    /** Gives the ended file its name. */
    void keep() throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Removes what has not got its name. A deleted file takes its space for as long as somebody has it open. */
    @Override
    public void close() throws IOException {
        try (onDisk) {
            Files.deleteIfExists(unfinished);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
