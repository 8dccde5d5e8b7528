package ihome;

import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The migrated database of a command that runs beside a server or without one. */
final class CommandDatabase implements AutoCloseable {
    private final @Nullable EmbeddedPostgres postgres;
    private final Database database;

    private CommandDatabase(@Nullable EmbeddedPostgres postgres, Database database) {
        this.postgres = postgres;
        this.database = database;
    }

    static CommandDatabase open(AppConfig config) {
        EmbeddedPostgres postgres = config.databaseUrl().isPresent() ? null : started(config);
        CommandDatabase opened = new CommandDatabase(postgres, new Database(config.database(postgres)));
        try {
            opened.database.migrate();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private static EmbeddedPostgres started(AppConfig config) {
        try {
            Files.createDirectories(config.data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data folder " + config.data(), e);
        }
        return EmbeddedPostgres.attachOrStart(config.data());
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
