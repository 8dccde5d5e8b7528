package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an earlier run that was killed left on the folder; to be called only by the holder of its lock. */
final class LeftoverServer {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);

    private LeftoverServer() {}

    /**
     * Stops the server that an earlier run left behind, and waits for its children. Signals only processes that
     * are PostgreSQL and work in this folder.
     *
     * @return the pid that a stale {@code postmaster.pid} names, else 0
     * @throws DataFolderInUse if somebody runs a server of their own on the folder
     */
    static long clear(DataFolder folder) throws IOException, InterruptedException {
        Path cluster = folder.cluster();
        List<ProcessHandle> processes = ServerProcesses.of(cluster);
        Optional<PostmasterFile> file = PostmasterFile.read(cluster);
        if (!processes.isEmpty()) {
            long recorded = file.map(PostmasterFile::pid).orElse(0L);
            for (ProcessHandle process : processes) {
                if (process.pid() == recorded) {
                    stop(folder, process);
                }
            }
            Postmaster.stopOrphans(cluster);
            file = PostmasterFile.read(cluster);
        }
        if (file.isEmpty() && Files.deleteIfExists(PostmasterFile.of(cluster))) {
            // PostgreSQL refuses to start over an empty one, which a power failure leaves.
            LOG.warn("removed the unreadable lock file {} of a server that no longer runs", PostmasterFile.of(cluster));
        }
        return file.map(PostmasterFile::pid).orElse(0L);
    }

    private static void stop(DataFolder folder, ProcessHandle postmaster) throws IOException, InterruptedException {
        boolean startedByHand = !ServerProcesses.isOurs(postmaster);
        Optional<ProcessHandle> instance = postmaster.parent().filter(LeftoverServer::isAnotherInstance);
        if (startedByHand || instance.isPresent()) {
            throw new DataFolderInUse(folder.root(), instance.orElse(postmaster).pid());
        }
        LOG.info("stopping the database server (process {}) that an earlier run left behind", postmaster.pid());
        Postmaster.stop(postmaster, folder);
    }

    /** A second guard behind the lock, for when somebody has deleted the lock file of a living instance. */
    private static boolean isAnotherInstance(ProcessHandle parent) {
        ProcessHandle self = ProcessHandle.current();
        return parent.pid() > 1
                && parent.pid() != self.pid()
                && parent.info().command().isPresent()
                && parent.info().command().equals(self.info().command());
    }
}
