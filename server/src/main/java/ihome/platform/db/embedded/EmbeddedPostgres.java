package ihome.platform.db.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The database server of a data folder. It listens on 127.0.0.1 on a free port, which stays the same until
 * {@link #close}: when the server dies it is started again by itself, and a connection pool just reconnects.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration OTHER_INSTANCE_READY = Duration.ofSeconds(60);

    private final DataFolder folder;
    private final Endpoint endpoint;
    private final @Nullable SupervisedServer server;

    private EmbeddedPostgres(DataFolder folder, Endpoint endpoint, @Nullable SupervisedServer server) {
        this.folder = folder;
        this.endpoint = endpoint;
        this.server = server;
    }

    /**
     * Starts the database of a data folder, making both where they are missing, and waits until it takes
     * connections. A server that a killed run left on the folder is stopped first.
     *
     * @throws DataFolderInUse if another process serves the folder
     * @throws DataFolderUnusable if the folder holds what cannot be served, which is then left as it is
     * @throws DatabaseNotStarted if PostgreSQL does not start on this machine
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, Durability.FULL);
    }

    static EmbeddedPostgres start(Path dataFolder, Durability durability) {
        return starting(dataFolder, () -> open(DataFolder.at(dataFolder), durability));
    }

    /**
     * The database of a data folder beside whoever serves it: that instance's server if there is one, which
     * {@link #close} then leaves alone, else one of our own.
     *
     * @throws DataFolderInUse if another process holds the folder, but its database is not ready within a minute
     * @throws DatabaseNotStarted as {@link #start} does
     */
    public static EmbeddedPostgres attachOrStart(Path dataFolder) {
        return starting(dataFolder, () -> {
            DataFolder folder = DataFolder.at(dataFolder);
            long deadline = System.nanoTime() + OTHER_INSTANCE_READY.toNanos();
            while (true) {
                try {
                    return open(folder, Durability.FULL);
                } catch (DataFolderInUse inUse) {
                    Optional<EmbeddedPostgres> running = attach(folder);
                    if (running.isPresent()) {
                        return running.get();
                    }
                    if (System.nanoTime() > deadline) {
                        throw inUse;
                    }
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        });
    }

    /** The JDBC URL of the database {@code ihome}, without user and password. */
    public String jdbcUrl() {
        return endpoint.jdbcUrl(Endpoint.DATABASE);
    }

    /** The role that owns the database; it is no superuser. */
    public String user() {
        return Endpoint.USER;
    }

    /** A secret: never to be logged. */
    public String password() {
        return endpoint.password();
    }

    /** Whether the server takes connections right now; asks it. */
    public boolean isAlive() {
        return endpoint.answers();
    }

    /** Whether the server belongs to another process and stays when this object is closed. */
    public boolean isAttached() {
        return server == null;
    }

    /**
     * Stops the server, ending its connections, and waits until it is down; does nothing to a server of another
     * process, and nothing the second time.
     */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    DataFolder folder() {
        return folder;
    }

    private static EmbeddedPostgres open(DataFolder folder, Durability durability)
            throws IOException, InterruptedException {
        return open(folder, ServerAccount.of(folder), durability);
    }

    static EmbeddedPostgres open(DataFolder folder, ServerAccount account, Durability durability)
            throws IOException, InterruptedException {
        ClusterCheck.holdsDatabase(folder); // refuses before anything is written
        folder.createHome();
        FolderLock lock = FolderLock.take(folder);
        SupervisedServer server = null;
        try {
            PostgresBinaries binaries = PostgresBinaries.of(folder, account);
            if (!ClusterCheck.holdsDatabase(folder)) {
                new NewCluster(folder, binaries, account).create(durability);
            }
            folder.createLog();
            account.own(folder.lockFile());
            account.own(folder.logFolder());
            account.own(folder.log());
            server = new SupervisedServer(folder, binaries, account, durability, lock);
            return new EmbeddedPostgres(folder, server.endpoint(), server);
        } finally {
            if (server == null) {
                lock.close();
            }
        }
    }

    private static Optional<EmbeddedPostgres> attach(DataFolder folder) throws IOException {
        Optional<PostmasterFile> file = PostmasterFile.read(folder.cluster()).filter(PostmasterFile::ready);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Endpoint endpoint = new Endpoint(file.get().port(), folder.password());
        return endpoint.answers() ? Optional.of(new EmbeddedPostgres(folder, endpoint, null)) : Optional.empty();
    }

    private interface Start {
        EmbeddedPostgres run() throws IOException, InterruptedException;
    }

    private static EmbeddedPostgres starting(Path dataFolder, Start start) {
        try {
            return start.run();
        } catch (IOException e) {
            throw PrivateFolder.cannotBeUsed(dataFolder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseNotStarted("interrupted while the database started", e);
        }
    }
}
