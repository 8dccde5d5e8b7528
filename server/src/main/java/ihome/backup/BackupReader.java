package ihome.backup;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.lingala.zip4j.exception.ZipException;

/** A finished backup's file. */
final class BackupReader implements AutoCloseable {
    private final Path file;
    private final BackupEntries entries;

    /** Fails with {@link BackupUnusable} for what is not a backup, or not with this key. */
    BackupReader(Path file, Optional<Secret> key) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new BackupUnusable("there is no file " + file);
        }
        this.entries = BackupEntries.of(file, key);
        try {
            EntryNames.check(entries.names());
        } catch (BackupUnusable unknown) {
            entries.close();
            throw unknown;
        }
    }

    Manifest manifest() throws IOException {
        byte[] json;
        try (InputStream in = entry(Manifest.ENTRY)) {
            json = in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(Manifest.ENTRY, e);
        }
        Manifest manifest = Manifest.parse(json);
        manifest.check();
        return manifest;
    }

    List<String> names() throws IOException {
        return entries.names();
    }

    InputStream entry(String name) throws IOException {
        InputStream entry;
        try {
            entry = entries.open(name);
        } catch (ZipException e) {
            throw unreadable(name, e);
        }
        if (entry == null) {
            throw new BackupUnusable(file + " has no " + name + ": it is not a backup, or was not finished");
        }
        return entry;
    }

    /**
     * Reads every entry and holds it against the manifest; fails with {@link BackupUnusable} at the first that differs.
     *
     * @param each is told the name of each before it is read, and may stop it by an exception
     */
    Manifest verify(Consumer<String> each) throws IOException {
        Manifest manifest = manifest();
        List<String> names = names();
        Set<String> there = new HashSet<>(names);
        for (String name : manifest.entries().keySet()) {
            if (!there.contains(name)) {
                throw new BackupUnusable(file + " is damaged: " + name + " is missing");
            }
        }
        for (String name : names) {
            each.accept(name);
            if (!name.equals(Manifest.ENTRY)
                    && !digest(name).equals(manifest.entries().get(name))) {
                throw new BackupUnusable(file + " is damaged: " + name + " is not what was written");
            }
        }
        return manifest;
    }

    private String digest(String name) throws IOException {
        MessageDigest digest = BackupWriter.sha256();
        try (InputStream in = new DigestInputStream(entry(name), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Of the ZIP, of its compression, or of the disk: none of it can be brought back.
            throw unreadable(name, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private BackupUnusable unreadable(String name, IOException e) {
        return e instanceof ZipException zipException && zipException.getType() == ZipException.Type.WRONG_PASSWORD
                ? new BackupUnusable(file + " does not open with this key")
                : new BackupUnusable(file + " is damaged: " + name + " cannot be read (" + e.getMessage() + ")");
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
