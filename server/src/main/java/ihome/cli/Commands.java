package ihome.cli;

import ihome.AppConfig;
import ihome.platform.config.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The commands that run in Java: finds the one that is meant, gives it its options and parameters, and runs it. */
public final class Commands {
    /** In the order in which they are listed. */
    private static final Map<String, Function<Invocation, Object>> ALL = all();

    private Commands() {}

    /** There is no command of that name. */
    static final class UnknownCommand extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownCommand(String name) {
            super("unknown command: " + name, null, false, false);
        }
    }

    private static Map<String, Function<Invocation, Object>> all() {
        Map<String, Function<Invocation, Object>> all = new LinkedHashMap<>();
        all.put("run", RunCommand::new);
        all.put("demo", DemoCommand::new);
        all.put("import", ImportCommand::new);
        all.put("seed", SeedCommand::new);
        all.put("config", ConfigCommand::new);
        all.put("ledger", LedgerCommand::new);
        all.put("payments", PaymentsCommand::new);
        all.put("claim", ClaimCommand::new);
        all.put("reports", ReportsCommand::new);
        all.put("occupants", OccupantsCommand::new);
        all.put("site", SiteCommand::new);
        all.put("media", MediaCommand::new);
        all.put("sms", SmsCommand::new);
        all.put("backup", BackupCommand::new);
        all.put("restore", RestoreCommand::new);
        all.put("keys", KeysCommand::new);
        all.put("audit", AuditCommand::new);
        all.put("doctor", DoctorCommand::new);
        all.put("completion", CompletionCommand::new);
        all.put("version", VersionCommand::new);
        return all;
    }

    /** The names of all, in the order in which they are listed. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * The model of one: its options and parameters, those of the configuration among them, and its tasks.
     *
     * @param more which options of the configuration it has besides the main ones, by name
     */
    static CommandLine model(String name, Invocation call, Predicate<String> more) {
        Function<Invocation, Object> command = ALL.get(name);
        if (command == null) {
            throw new UnknownCommand(name);
        }
        return Arguments.model(command.apply(call), call, more);
    }

    /**
     * Runs a command, or tells its help. Returns when it has done all that it was asked.
     *
     * @param arguments what follows the name
     * @throws ihome.platform.config.BadSettings if it is not used as it should; nothing was done
     * @throws RuntimeException if it fails, see {@link ExitCode#of}
     */
    public static void run(String name, List<String> arguments, Map<String, String> environment, PrintStream out) {
        if (name.equals("help") || name.equals("--help") || name.equals("-h")) {
            out.print(arguments.isEmpty() ? HelpText.overview("ihome") : HelpText.of(arguments.getFirst(), "ihome"));
            return;
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(HelpText.of(name, "ihome"));
            return;
        }
        Invocation call = new Invocation(environment, out, System.err);
        CommandLine model = model(
                name,
                call,
                option -> arguments.stream()
                        .anyMatch(word -> word.equals("--" + option) || word.startsWith("--" + option + "=")));
        ParseResult parsed = Arguments.parse(model, arguments, call);
        boolean takesNone = !(model.getCommand() instanceof ConfiguredCommand);
        if (!call.mistakes().isEmpty() || (takesNone && !call.configuration().isEmpty())) {
            Settings settings = call.settings();
            if (!takesNone) {
                AppConfig.from(settings);
            }
            settings.check();
        }
        try {
            new CommandLine.RunLast().execute(parsed);
        } catch (CommandLine.ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
