package ihome;

import ihome.cli.Commands;
import ihome.cli.ConfigOptions;
import ihome.cli.ExitCode;
import ihome.cli.VersionCommand;
import ihome.platform.config.BadSettings;
import ihome.platform.config.Settings;
import ihome.platform.systemd.ServiceNotifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** Entry point of every {@code ihome} command that runs in Java. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Logging.start("json".equals(System.getenv("IHOME_LOG")));
        List<String> arguments = Arrays.asList(args);
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        try {
            // These two start without picocli, which takes time to load.
            if (command.equals("run") && !rest.contains("--help") && !rest.contains("-h")) {
                run(rest);
            } else if (command.equals("version") && rest.isEmpty()) {
                VersionCommand.print(System.out);
            } else {
                Commands.run(command, rest, System.getenv(), System.out);
            }
        } catch (RuntimeException e) {
            throw failed(command, e);
        }
    }

    private static void run(List<String> arguments) throws InterruptedException {
        Settings settings = new Settings(arguments, AppConfig.FLAGS, System.getenv(), ConfigOptions::all);
        AppConfig config = AppConfig.from(settings);
        settings.check();
        ConfigOptions.warn("run", settings, System.err);
        Logging.start(config.operation().jsonLog(), config.operation().logLevels());
        App app = new App(config, config.clock());
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

    private static String portInUse(String message) {
        return message.contains("--management-address") ? message : message + " (--port chooses another)";
    }

    private static IllegalStateException failed(String command, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        ExitCode code = ExitCode.of(e).orElse(ExitCode.FAILED);
        if (e instanceof BadSettings) {
            message.lines().forEach(line -> System.err.println("ihome: " + command + " " + line));
        } else {
            if (ExitCode.of(e).isEmpty()) {
                LoggerFactory.getLogger(Main.class).error("cannot start", e);
            }
            System.err.println("ihome: " + (code == ExitCode.PORT_IN_USE ? portInUse(message) : message));
        }
        System.exit(code.number());
        return new IllegalStateException("the process has ended");
    }
}
