package ihome.backup;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.lingala.zip4j.exception.ZipException;
import net.lingala.zip4j.model.FileHeader;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The entries of a backup's file, in the format of the file: a ZIP that is sealed, plain, or encrypted as ZIP has it. */
interface BackupEntries extends AutoCloseable {
    /** Each as often as it is there. */
    List<String> names() throws IOException;

    /** Null where there is none. */
    @Nullable
    InputStream open(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Fails with {@link BackupUnusable} for what is not a backup, or not with this key. */
    static BackupEntries of(Path file, Optional<Secret> key) throws IOException {
        byte[] beginning;
        try (InputStream in = Files.newInputStream(file)) {
            beginning = in.readNBytes(SealedHeader.LENGTH);
        }
        boolean sealed = SealedHeader.isSealed(beginning);
        if (sealed && key.isEmpty()) {
            throw new BackupUnusable(file + " is encrypted: set IHOME_BACKUP_KEY or IHOME_BACKUP_KEY_FILE");
        }
        return sealed ? new Sealed(file, SealedHeader.of(beginning, key.orElseThrow())) : new Zip(file, key);
    }

    /** What is written since this format is there. */
    final class Sealed implements BackupEntries {
        private final ZipFile zip;

        Sealed(Path file, SealedHeader header) throws IOException {
            SealedChannel channel;
            FileChannel bytes = FileChannel.open(file);
            try {
                channel = new SealedChannel(bytes, header);
            } catch (IOException e) {
                bytes.close();
                throw new BackupUnusable(file + " does not open with this key, or is damaged: " + e.getMessage());
            }
            try {
                this.zip = ZipFile.builder().setSeekableByteChannel(channel).get();
            } catch (IOException e) {
                channel.close();
                throw new BackupUnusable(file + " is damaged: " + e.getMessage());
            }
        }

        @Override
        public List<String> names() {
            return Collections.list(zip.getEntries()).stream()
                    .map(ZipArchiveEntry::getName)
                    .toList();
        }

        @Override
        public @Nullable InputStream open(String name) throws IOException {
            ZipArchiveEntry entry = zip.getEntry(name);
            return entry == null ? null : zip.getInputStream(entry);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** Backups without a key, and those that were encrypted before files were sealed. */
    final class Zip implements BackupEntries {
        private final net.lingala.zip4j.ZipFile zip;
        /** The library looks for a name in all of them, one by one. */
        private final Map<String, FileHeader> headers = new HashMap<>();

        Zip(Path file, Optional<Secret> key) throws IOException {
            this.zip = new net.lingala.zip4j.ZipFile(
                    file.toFile(),
                    key.map(secret -> secret.reveal().toCharArray()).orElse(null));
            try {
                for (FileHeader header : zip.getFileHeaders()) {
                    check(file, header, key.isPresent());
                    headers.putIfAbsent(header.getFileName(), header);
                }
            } catch (ZipException e) {
                throw new BackupUnusable(file + " is not a backup, or was not finished");
            }
        }

        /** Whoever wrote an entry in clear did not need the key: it may be anybody's. */
        private static void check(Path file, FileHeader header, boolean keyed) {
            boolean encrypted = header.isEncrypted() && header.getEncryptionMethod() == EncryptionMethod.AES;
            if (keyed && !encrypted) {
                throw new BackupUnusable(file + ": " + header.getFileName()
                        + " is not encrypted, though there is an IHOME_BACKUP_KEY: anybody can have written it."
                        + " To bring back a backup that was made without a key, leave the key out");
            }
            if (!keyed && header.isEncrypted()) {
                throw new BackupUnusable(file + " is encrypted: set IHOME_BACKUP_KEY or IHOME_BACKUP_KEY_FILE");
            }
        }

        @Override
        public List<String> names() throws IOException {
            return zip.getFileHeaders().stream().map(FileHeader::getFileName).toList();
        }

        @Override
        public @Nullable InputStream open(String name) throws IOException {
            FileHeader header = headers.get(name);
            return header == null ? null : zip.getInputStream(header);
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }
}
