package ihome.cli;

import ihome.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code ./ihome completion}: the script with which bash and zsh complete commands, tasks, options, words and files. */
@Command(
        name = "completion",
        header = "prints the script with which bash and zsh complete commands and options",
        description = """
        For a session: source <(./ihome completion). For good: write it to ~/.local/share/bash-completion/completions/ihome; for zsh,
        put the line into ~/.zshrc. A Debian package and a release have it in share/bash-completion/completions.
        """,
        exitCodeList = {"0:printed"})
final class CompletionCommand implements Runnable {
    /** A line of a help text about an option, with the name of its value. */
    private static final Pattern OPTION = Pattern.compile("(?m)^ {2}(--[a-z-]+)( [A-Z][^ ]*)?(?: {2}|$)");

    /** Commands that operators give any of the server's options. */
    private static final Set<String> OF_SERVER = Set.of("run", "config", "doctor");

    private final Invocation call;

    @Option(
            names = "--launcher",
            hidden = true,
            description = "the folder with the help of the launcher's own commands, which are completed as well")
    private @Nullable Path help;

    CompletionCommand(Invocation call) {
        this.call = call;
    }

    @Override
    public void run() {
        CommandLine all = new CommandLine(CommandSpec.create().name("ihome"));
        for (String name : Commands.names()) {
            all.addSubcommand(
                    name,
                    Commands.model(
                            name, new Invocation(Map.of(), call.out(), call.err()), _ -> OF_SERVER.contains(name)));
        }
        if (help != null) {
            ofLauncher(help).forEach((name, spec) -> all.addSubcommand(name, spec));
        }
        call.out().print(AutoComplete.bash("ihome", all));
    }

    private static Map<String, CommandSpec> ofLauncher(Path help) {
        Map<String, CommandSpec> specs = new TreeMap<>();
        try (Stream<Path> files = Files.list(help)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".txt")).toList()) {
                String name = file.getFileName().toString().replace(".txt", "");
                if (!Commands.names().contains(name)) {
                    specs.put(name, spec(name, Files.readString(file)));
                }
            }
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + help);
        }
        return specs;
    }

    private static CommandSpec spec(String name, String text) {
        CommandSpec spec = CommandSpec.create().name(name);
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            String value = option.group(2);
            boolean path = value != null && List.of(" DIR", " FILE", " PATH").contains(value);
            spec.addOption(OptionSpec.builder(option.group(1))
                    .arity(value == null ? "0" : "1")
                    .type(value == null ? boolean.class : path ? Path.class : String.class)
                    .build());
        }
        return spec;
    }
}
