package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds PostgreSQL's processes of one data directory, whatever a pid file says. */
final class ServerProcesses {
    private static final Path PROC = Path.of("/proc");

    private ServerProcesses() {}

    /** All of them: the postmaster and its children, also those that outlived it. */
    static List<ProcessHandle> of(Path cluster) throws IOException {
        Path real = cluster.toRealPath();
        return ProcessHandle.allProcesses()
                .filter(process -> isServer(process, real))
                .toList();
    }

    /** Whether the process is a PostgreSQL server that works in that directory, given with links resolved. */
    private static boolean isServer(ProcessHandle process, Path cluster) {
        Path self = PROC.resolve(Long.toString(process.pid()));
        if (Files.isDirectory(PROC.resolve("self"))) {
            // PostgreSQL changes into its data directory and rewrites its title: these two links stay true.
            return link(self.resolve("exe")).filter(ServerProcesses::isPostgres).isPresent()
                    && link(self.resolve("cwd")).filter(cluster::equals).isPresent();
        }
        return process.info()
                        .command()
                        .map(Path::of)
                        .filter(ServerProcesses::isPostgres)
                        .isPresent()
                && arguments(process).anyMatch(cluster.toString()::equals);
    }

    /** Whether a postmaster was started by this package, in this or an earlier process. */
    static boolean isOurs(ProcessHandle postmaster) {
        return arguments(postmaster).anyMatch(Postmaster.MARK::equals);
    }

    private static boolean isPostgres(Path program) {
        Path name = program.getFileName();
        return name != null
                && (name.toString().equals("postgres") || name.toString().equals("postgres (deleted)"));
    }

    private static Stream<String> arguments(ProcessHandle process) {
        return process.info().arguments().stream().flatMap(Stream::of);
    }

    private static Optional<Path> link(Path path) {
        try {
            return Optional.of(Files.readSymbolicLink(path));
        } catch (IOException e) {
            return Optional.empty(); // gone meanwhile, or another user's
        }
    }
}
