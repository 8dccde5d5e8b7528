package ihome.cli;

import ihome.AppConfig;
import ihome.CommandFailed;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.db.embedded.PrivateFolder;
import ihome.siteconfig.CurrentSite;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The database of a command that runs beside a server or without one. */
final class CommandDatabase implements AutoCloseable {
    /** How long a command waits for a database server that is away. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable EmbeddedPostgres postgres;
    private final Database database;

    private CommandDatabase(@Nullable EmbeddedPostgres postgres, Database database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** For a command that fills or describes the site: brings the schema up to date. */
    static CommandDatabase migrated(AppConfig config) {
        return open(config, true, database -> database.schema().migrate());
    }

    /**
     * For a command beside a running server, which may be of another version: leaves the schema as it is.
     *
     * @throws ihome.platform.db.SchemaMismatch if the schema is not this program's
     */
    static CommandDatabase asItIs(AppConfig config) {
        return open(config, false, database -> database.schema().requireCurrent());
    }

    /** For what reads any version of the schema. */
    static CommandDatabase ofAnyVersion(AppConfig config) {
        return open(config, false, _ -> {});
    }

    private static CommandDatabase open(AppConfig config, boolean makesFolder, Consumer<Database> schema) {
        if (makesFolder) {
            PrivateFolder.create(config.data());
        } else if (config.databaseUrl().isEmpty() && !Files.isDirectory(config.data())) {
            throw new CommandFailed("there is no data folder " + config.data());
        }
        EmbeddedPostgres postgres =
                config.databaseUrl().isPresent() ? null : EmbeddedPostgres.attachOrStart(config.data());
        CommandDatabase opened =
                new CommandDatabase(postgres, new Database(config.databasePool(), () -> config.database(postgres)));
        try {
            opened.database.awaitServer(PATIENCE, _ -> {});
            schema.accept(opened.database);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** The zone of the site's dates. */
    ZoneId zone(AppConfig config) {
        return config.with(new CurrentSite(database).get().settings()).zone();
    }

    Database get() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
