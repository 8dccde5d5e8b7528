package ihome.cli;

import ihome.CommandFailed;
import ihome.backup.BackupUnusable;
import ihome.identity.RotationRefused;
import ihome.identity.WrongIdentityKey;
import ihome.importing.UnusableFile;
import ihome.payment.WrongCashierKey;
import ihome.platform.config.BadSettings;
import ihome.platform.db.DatabaseAway;
import ihome.platform.db.DatabaseUnusable;
import ihome.platform.db.SchemaMismatch;
import ihome.platform.db.embedded.DataFolderInUse;
import ihome.platform.db.embedded.DataFolderUnusable;
import ihome.platform.db.embedded.DatabaseNotStarted;
import ihome.seeding.SeedRefused;
import java.net.BindException;
import java.util.List;
import java.util.Optional;

/** What a process ends with. */
public enum ExitCode {
    FAILED(1, "it failed"),
    WRONG_USAGE(2, "wrong usage"),
    /** Of the launcher, before Java runs. */
    NO_TOOL(3, "JDK or Maven is missing"),
    /** Of the launcher, before Java runs. */
    NOT_BUILT(4, "the build failed"),
    FOLDER_IN_USE(5, "the data folder is in use by another process"),
    FOLDER_UNUSABLE(6, "the data folder is unusable (the message says why)"),
    PORT_IN_USE(7, "the port is in use"),
    NOTHING_IMPORTED(8, "nothing of the file could be imported"),
    DATABASE_UNUSABLE(9, "the database refuses this program (the message says why)"),
    SCHEMA_NEWER(10, "the database's schema is newer than this program");

    /** Of every command that runs in Java. */
    static final List<ExitCode> OF_JAVA = List.of(FAILED, WRONG_USAGE, NO_TOOL, NOT_BUILT);

    /** Of every command that works on the database. */
    static final List<ExitCode> OF_DATABASE = List.of(FOLDER_IN_USE, FOLDER_UNUSABLE, DATABASE_UNUSABLE, SCHEMA_NEWER);

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    /** Of a failure whose message says all; empty for one that nobody expected. */
    public static Optional<ExitCode> of(RuntimeException failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case BadSettings _, Commands.UnknownCommand _ -> WRONG_USAGE;
                    case ImportCommand.NothingImported _ -> NOTHING_IMPORTED;
                    case DataFolderInUse _ -> FOLDER_IN_USE;
                    case DataFolderUnusable _ -> FOLDER_UNUSABLE;
                    case DatabaseUnusable _ -> DATABASE_UNUSABLE;
                    case SchemaMismatch mismatch -> mismatch.isNewer() ? SCHEMA_NEWER : FAILED;
                    case UnusableFile _,
                            BackupUnusable _,
                            DatabaseNotStarted _,
                            DatabaseAway _,
                            WrongIdentityKey _,
                            WrongCashierKey _,
                            RotationRefused _,
                            CommandFailed _,
                            SeedRefused _ -> FAILED;
                    default -> isPortInUse(failure) ? PORT_IN_USE : null;
                });
    }

    private static boolean isPortInUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
