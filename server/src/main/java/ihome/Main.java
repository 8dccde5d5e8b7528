package ihome;

import ihome.backup.BackupUnusable;
import ihome.identity.RotationRefused;
import ihome.identity.WrongIdentityKey;
import ihome.importing.UnusableFile;
import ihome.payment.WrongCashierKey;
import ihome.platform.config.BadSettings;
import ihome.platform.config.Settings;
import ihome.platform.db.DatabaseAway;
import ihome.platform.db.DatabaseUnusable;
import ihome.platform.db.SchemaMismatch;
import ihome.platform.db.embedded.DataFolderInUse;
import ihome.platform.db.embedded.DataFolderUnusable;
import ihome.platform.db.embedded.DatabaseNotStarted;
import ihome.platform.systemd.ServiceNotifier;
import ihome.platform.time.MovableClock;
import ihome.seeding.SeedRefused;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Entry point of every {@code ihome} command that runs in Java. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int FOLDER_IN_USE = 5;
    private static final int FOLDER_UNUSABLE = 6;
    private static final int PORT_IN_USE = 7;
    private static final int NOTHING_IMPORTED = 8;
    private static final int DATABASE_UNUSABLE = 9;
    private static final int SCHEMA_NEWER = 10;

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Logging.start("json".equals(System.getenv("IHOME_LOG")));
        List<String> arguments = Arrays.asList(args);
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        try {
            switch (command) {
                case "run" -> run(arguments.subList(1, arguments.size()));
                case "version" -> VersionCommand.run(System.out);
                case "config" -> ConfigCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "import" -> ImportCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "backup" -> BackupCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "restore" -> RestoreCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "media" -> MediaCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "seed" -> SeedCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "demo" -> DemoCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out);
                case "sms" -> SmsCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "doctor" -> {
                    if (!DoctorCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out)) {
                        throw exit(FAILED, "something is wrong, see above");
                    }
                }
                case "ledger" -> {
                    if (!LedgerCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out)) {
                        throw exit(FAILED, "the ledger is not sound");
                    }
                }
                case "payments" ->
                    PaymentsCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out);
                case "claim" -> ClaimCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out);
                case "reports" ->
                    ReportsCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out);
                case "site" -> SiteCommand.run(arguments.subList(1, arguments.size()), System.getenv(), System.out);
                case "keys" -> KeysCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                case "audit" -> AuditCommand.run(arguments.subList(1, arguments.size()), System.getenv());
                default -> throw exit(WRONG_USAGE, "unknown command: " + command);
            }
        } catch (BadSettings e) {
            String.valueOf(e.getMessage())
                    .lines()
                    .forEach(line -> System.err.println("ihome: " + command + " " + line));
            System.exit(WRONG_USAGE);
        } catch (ImportCommand.NothingImported e) {
            throw exit(NOTHING_IMPORTED, String.valueOf(e.getMessage()));
        } catch (DataFolderInUse e) {
            throw exit(FOLDER_IN_USE, String.valueOf(e.getMessage()));
        } catch (DataFolderUnusable e) {
            throw exit(FOLDER_UNUSABLE, String.valueOf(e.getMessage()));
        } catch (DatabaseUnusable e) {
            throw exit(DATABASE_UNUSABLE, String.valueOf(e.getMessage()));
        } catch (SchemaMismatch e) {
            throw exit(e.isNewer() ? SCHEMA_NEWER : FAILED, String.valueOf(e.getMessage()));
        } catch (UnusableFile
                | BackupUnusable
                | DatabaseNotStarted
                | DatabaseAway
                | WrongIdentityKey
                | WrongCashierKey
                | RotationRefused
                | CommandFailed
                | SeedRefused e) {
            throw exit(FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw isPortInUse(e) ? exit(PORT_IN_USE, portInUse(String.valueOf(e.getMessage()))) : failed(e);
        }
    }

    private static void run(List<String> arguments) throws InterruptedException {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, System.getenv(), ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        warn("run", settings);
        Logging.start(config.operation().jsonLog(), config.operation().logLevels());
        App app = new App(config, clock(config));
        Optional<AccessLogFile> accessLog = accessLog(config.operation(), app);
        ServiceNotifier systemd = ServiceNotifier.of(System.getenv());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            systemd.stopping();
                            stop(app, config.shutdownGrace());
                            accessLog.ifPresent(AccessLogFile::close);
                            stopped.countDown();
                            // A stop that was asked for is a success, whatever the signal's number.
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
        System.out.println("ready " + app.url());
        systemd.ready("ready " + app.url());
        stopped.await();
    }

    /** Not before the data folder is this server's: the file is usually in there. */
    private static Optional<AccessLogFile> accessLog(OperationConfig config, App app) {
        if (config.accessLog() == OperationConfig.AccessLogForm.OFF) {
            return Optional.empty();
        }
        try {
            boolean json = config.accessLog() == OperationConfig.AccessLogForm.JSON;
            return Optional.of(new AccessLogFile(config.accessLogFile(), json));
        } catch (CommandFailed e) {
            app.close();
            throw e;
        }
    }

    /** The machine's, which a file in the data folder moves with {@code --dev}. */
    static Clock clock(AppConfig config) {
        Clock clock = Clock.systemUTC();
        return config.dev() ? new MovableClock(clock, config.data().resolve("clock")) : clock;
    }

    /** Balancers first learn that this node is not ready, and have the time to act on it; then it stops. */
    private static void stop(App app, Duration grace) {
        app.drain();
        try {
            Thread.sleep(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        app.close();
    }

    /** Tells what is odd about the options but does not stop a command. */
    static void warn(String command, Settings settings) {
        settings.warnings().forEach(warning -> System.err.println("ihome: " + command + " warns: " + warning));
    }

    private static String portInUse(String message) {
        return message.contains("--management-address") ? message : message + " (--port chooses another)";
    }

    private static boolean isPortInUse(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static IllegalStateException failed(RuntimeException e) {
        org.slf4j.LoggerFactory.getLogger(Main.class).error("cannot start", e);
        return exit(FAILED, String.valueOf(e.getMessage()));
    }

    private static IllegalStateException exit(int code, String message) {
        System.err.println("ihome: " + message);
        System.exit(code);
        return new IllegalStateException("the process has ended");
    }
}
