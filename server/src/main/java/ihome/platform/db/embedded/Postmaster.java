package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A running PostgreSQL server that this process started. */
final class Postmaster {
    /** Tells our servers from one that somebody started by hand on the folder. */
    static final String MARK = "cluster_name=ihome";

    private static final Duration BACKENDS_END = Duration.ofSeconds(5);
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(5);
    private static final Duration ORPHANS = Duration.ofSeconds(1);

    private static final List<String> SETTINGS = List.of(
            MARK,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=128MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off",
            "log_destination=stderr",
            // Statements and their values are personal data: errors go to the client, never to the log.
            "log_min_messages=log",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_statement=none",
            "log_duration=off",
            "log_min_duration_statement=-1",
            "log_min_duration_sample=-1",
            "log_transaction_sample_rate=0",
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0");

    private final Process process;
    private final DataFolder folder;

    private Postmaster(Process process, DataFolder folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts a server; it is not ready yet.
     *
     * @param stalePid the pid in a {@code postmaster.pid} that no server of this folder has any more, else 0:
     *     PostgreSQL would take a living process of that number for its predecessor, so it is told, as its
     *     {@code CreateLockFile} provides for, that this one is not
     */
    static Postmaster launch(
            DataFolder folder,
            PostgresBinaries binaries,
            ServerAccount account,
            int port,
            Durability durability,
            long stalePid)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(binaries.program("postgres"), "-D", folder.cluster().toString(), "-p", Integer.toString(port)));
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.addAll(durability.settings());
        if (Files.isDirectory(Path.of("/proc/self"))) {
            settings.add("recovery_init_sync_method=syncfs"); // one call, where the default syncs file by file
        }
        for (String setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        ProcessBuilder builder = new ProcessBuilder(account.detached(command))
                .directory(folder.home().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        plainEnvironment(builder.environment());
        if (stalePid > 0) {
            builder.environment().put("PG_GRANDPARENT_PID", Long.toString(stalePid));
        }
        return new Postmaster(builder.start(), folder);
    }

    /** What a program needs to find others and its libraries; all else of the caller's environment may be a secret. */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH");

    /** Leaves of the caller's environment what a program needs, and nothing that PostgreSQL would heed. */
    static void plainEnvironment(Map<String, String> environment) {
        environment.keySet().retainAll(PASSED_ON);
        environment.put("LC_ALL", "C");
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the server ends, at most so long; whether it has. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the server takes connections; false if it ended instead or is not ready in time. */
    boolean awaitReady(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<PostmasterFile> file = PostmasterFile.read(folder.cluster());
            if (file.isPresent()
                    && file.get().pid() == process.pid()
                    && file.get().ready()) {
                return true;
            }
            if (awaitEnd(Duration.ofMillis(10))) {
                return false;
            }
        }
        return false;
    }

    void stop() throws IOException, InterruptedException {
        stop(process.toHandle(), folder);
    }

    /** Ends a postmaster and its children: fast, else at once, else by force. All of them are gone on return. */
    static void stop(ProcessHandle postmaster, DataFolder folder) throws IOException, InterruptedException {
        ServerLog log = ServerLog.of(folder);
        long position = log.size();
        signal(postmaster, "INT");
        boolean ended = awaitEnd(postmaster, BACKENDS_END);
        if (!ended && log.since(position).contains("LOG:  shutting down")) {
            ended = awaitEnd(postmaster, LAST_CHECKPOINT);
        }
        if (!ended) {
            // PostgreSQL 18 gets stuck when asked to stop while it replays its log; what is committed is safe.
            signal(postmaster, "QUIT");
            if (!awaitEnd(postmaster, IMMEDIATE_SHUTDOWN)) {
                postmaster.destroyForcibly();
                awaitEnd(postmaster, IMMEDIATE_SHUTDOWN);
            }
        }
        stopOrphans(folder.cluster());
    }

    /**
     * Waits for children whose postmaster is gone. They notice by themselves unless they are busy or stopped; no
     * server can start beside them, and what they have acknowledged is on disk.
     */
    static void stopOrphans(Path cluster) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ORPHANS.toNanos();
        List<ProcessHandle> orphans = ServerProcesses.of(cluster);
        while (!orphans.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
            orphans = ServerProcesses.of(cluster);
        }
        for (ProcessHandle orphan : orphans) {
            orphan.destroyForcibly();
            awaitEnd(orphan, IMMEDIATE_SHUTDOWN);
        }
    }

    private static boolean awaitEnd(ProcessHandle handle, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (handle.isAlive()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /** Java sends TERM and KILL only; PostgreSQL's fast shutdown is INT. */
    private static void signal(ProcessHandle handle, String name) throws IOException, InterruptedException {
        if (handle.isAlive()) {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + handle.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
