package ihome.platform.db.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which account PostgreSQL's programs run, as they refuse to run as root.
 *
 * <p>An ordinary user runs them as is. Root runs them inside a user namespace, where the same process is nobody
 * inside and still root to the file system, so a data folder below root's own 0700 home works. Data that
 * belongs to another user, and machines that forbid namespaces, get that user, or nobody, through
 * {@code setpriv}.
 *
 * @param prefix the words before the program
 * @param owner who must own the files; null where that is whoever runs this process
 */
record ServerAccount(List<String> prefix, @Nullable Owner owner) {
    /** A numeric user and group. */
    record Owner(int user, int group) {
        static Owner of(Path path) throws IOException {
            return new Owner(DataFolder.owner(path, "uid"), DataFolder.owner(path, "gid"));
        }
    }

    private static final Owner NOBODY = new Owner(65534, 65534);

    /** The account for this folder, as the machine allows. */
    static ServerAccount of(DataFolder folder) throws IOException {
        boolean root = new UnixSystem().getUid() == 0;
        boolean namespaces = root && succeeds("unshare", "-U", "true");
        return of(folder, root, namespaces);
    }

    static ServerAccount of(DataFolder folder, boolean root, boolean namespaces) throws IOException {
        if (!root) {
            return new ServerAccount(List.of(), null);
        }
        Owner owner = Files.isDirectory(folder.cluster()) ? Owner.of(folder.cluster()) : null;
        if (owner != null && owner.user() != 0) {
            return dropTo(owner);
        }
        if (namespaces) {
            return new ServerAccount(List.of("unshare", "-U"), null);
        }
        if (owner != null && Files.exists(folder.cluster().resolve("PG_VERSION"))) {
            throw new DataFolderUnusable("PostgreSQL does not run as root, and " + folder.cluster()
                    + " belongs to root: give it to an ordinary user with chown -R and start as that user");
        }
        return dropTo(NOBODY);
    }

    private static ServerAccount dropTo(Owner owner) {
        if (!succeeds("setpriv", "--version")) {
            throw new DatabaseNotStarted(
                    "PostgreSQL does not run as root, and neither unshare nor setpriv works here: start as an"
                            + " ordinary user, or set IHOME_DATABASE_URL");
        }
        return new ServerAccount(
                List.of("setpriv", "--reuid=" + owner.user(), "--regid=" + owner.group(), "--clear-groups"), owner);
    }

    /** The command line under this account, in a session of its own: Ctrl-C in the terminal is not for it. */
    List<String> detached(List<String> command) {
        List<String> line = new ArrayList<>();
        if (succeeds("setsid", "true")) {
            line.add("setsid");
        } else if (succeeds("perl", "-e", "1")) {
            line.addAll(List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV"));
        }
        line.addAll(plain(command));
        return line;
    }

    List<String> plain(List<String> command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        return line;
    }

    /** Gives a file or folder of our own making to the account; follows no link. */
    void own(Path path) throws IOException {
        if (owner != null) {
            Files.setAttribute(path, "unix:uid", owner.user(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", owner.group(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** @throws DatabaseNotStarted if a folder above lets only us pass */
    void checkReaches(Path path) {
        if (owner != null
                && !succeeds(plain(List.of("test", "-x", path.toString())).toArray(String[]::new))) {
            throw new DatabaseNotStarted("PostgreSQL does not run as root, and user " + owner.user()
                    + ", as which it would run here, cannot reach " + path
                    + ": start as an ordinary user, or choose a folder outside of root's home with --data");
        }
    }

    private static boolean succeeds(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            Postmaster.plainEnvironment(builder.environment());
            Process process = builder.start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
