package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where everything of the database lies under a data folder.
 *
 * @param root the data folder itself, absolute, links resolved
 */
record DataFolder(Path root) {
    private static final Pattern PASSWORD = Pattern.compile("[0-9a-f]{48}");

    /** Makes the folder where it is missing. */
    static DataFolder at(Path dataFolder) throws IOException {
        PrivateFolder.create(dataFolder);
        return new DataFolder(dataFolder.toRealPath());
    }

    Path home() {
        return root.resolve("postgres");
    }

    /** What PostgreSQL calls its data directory. */
    Path cluster() {
        return home().resolve("data");
    }

    Path lockFile() {
        return home().resolve("lock");
    }

    Path passwordFile() {
        return home().resolve("password");
    }

    void createHome() throws IOException {
        createPrivate(home());
    }

    Path logFolder() {
        return home().resolve("log");
    }

    Path log() {
        return logFolder().resolve("postgres.log");
    }

    /** Makes the log, empty, where there is none. */
    void createLog() throws IOException {
        createPrivate(logFolder());
        if (Files.notExists(log())) {
            writePrivate(log(), "");
        }
    }

    /**
     * The password of this folder's database.
     *
     * @throws DataFolderUnusable if the file is missing or is not one that {@link #createPassword} wrote
     */
    String password() throws IOException {
        Path file = passwordFile();
        String password = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        if (!PASSWORD.matcher(password).matches()) {
            throw new DataFolderUnusable("the database's password file " + file
                    + " is missing or damaged: restore it from a backup; the data itself is untouched");
        }
        return password;
    }

    /** Generates the password where there is none; one that is there is kept, as it may belong to moved data. */
    String createPassword() throws IOException {
        if (!Files.exists(passwordFile())) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Path temporary = home().resolve("password.new");
            Files.deleteIfExists(temporary);
            writePrivate(temporary, HexFormat.of().formatHex(secret) + "\n");
            Files.move(temporary, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
            sync(home());
        }
        return password();
    }

    /** Writes a new file that only its owner may read, and has it on disk on return. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8);
        sync(file);
    }

    /** Forces a file, or the entries of a folder, to disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sync(folder.equals(home()) ? root : home());
        }
    }

    /** The numeric owner of a file; 0 is root. */
    static int owner(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
