package ihome.cli;

import ihome.platform.config.OptionPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of the commands, made from what they declare. The launcher prints the same from files, without Java. */
final class HelpText {
    private static final int WIDTH = 120;

    private HelpText() {}

    /** A line for each command. */
    static String overview(String program) {
        return Commands.names().stream()
                .map(name -> String.format(
                        "  %-10s %s%n",
                        name, model(name).getCommandSpec().usageMessage().header()[0]))
                .collect(Collectors.joining(
                        "",
                        "iHome, a short-term rental marketplace. Usage: " + program + " COMMAND [OPTIONS]\n\n",
                        "\n" + program + " COMMAND --help tells its options, environment variables and exit codes.\n"));
    }

    private static CommandLine model(String name) {
        return Commands.model(name, new Invocation(Map.of(), System.out, System.err), _ -> false);
    }

    /**
     * The help of one command and its tasks.
     *
     * @param program what it is called by: {@code ./ihome} in a checkout
     */
    static String of(String name, String program) {
        CommandLine model = model(name);
        CommandSpec spec = model.getCommandSpec();
        List<CommandLine> all = new ArrayList<>(model.getSubcommands().values());
        if (all.isEmpty() || spec.userObject() instanceof Runnable) {
            all.addFirst(model);
        }
        StringBuilder text =
                new StringBuilder("./ihome " + name + ": " + spec.usageMessage().header()[0] + "\n\n");
        String before = "Usage: ";
        for (CommandLine line : all) {
            text.append(before).append(synopsis(name, line)).append('\n');
            before = "       ";
        }
        paragraph(text, "", String.join("\n", spec.usageMessage().description()));
        paragraph(
                text,
                "Options (an option wins over its environment variable; ./ihome config --help tells all):\n",
                arguments(all));
        paragraph(text, "", String.join("\n", spec.usageMessage().footer()));
        paragraph(text, "Exit codes:\n", exitCodes(spec));
        if (spec.userObject() instanceof ConfigCommand) {
            text.append(OptionPage.text(ConfigOptions.all()));
        }
        return program.equals("./ihome")
                ? text.toString()
                : text.toString().replaceAll("(?ms)^In a checkout.*?\\n\\n", "").replace("./ihome", program);
    }

    private static void paragraph(StringBuilder text, String heading, String body) {
        if (!body.isBlank()) {
            text.append('\n').append(heading).append(body.stripTrailing()).append('\n');
        }
    }

    /** Parameters, then options that are needed, then others. */
    private static String synopsis(String name, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        List<String> words = new ArrayList<>(List.of("./ihome", name));
        if (!spec.name().equals(name)) {
            words.add(spec.name());
        }
        spec.positionalParameters()
                .forEach(parameter ->
                        words.add(parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]"));
        for (boolean required : List.of(true, false)) {
            for (OptionSpec option : spec.options()) {
                if (!option.hidden()
                        && option.required() == required
                        && !option.longestName().equals("--config")) {
                    words.add(required ? label(option) : "[" + label(option) + "]");
                }
            }
        }
        if (spec.args().stream().anyMatch(Arguments::isOfConfiguration)) {
            words.add("[OPTION...]");
        }
        return String.join(" ", words);
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.arity().min() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }

    private static String arguments(List<CommandLine> all) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (boolean own : List.of(true, false)) {
            for (CommandLine line : all) {
                for (ArgSpec argument : line.getCommandSpec().args()) {
                    if (!argument.hidden() && own != Arguments.isOfConfiguration(argument)) {
                        String meaning = String.join(" ", argument.description());
                        rows.putIfAbsent(
                                label(argument),
                                meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1));
                    }
                }
            }
        }
        return table(rows);
    }

    private static String exitCodes(CommandSpec spec) {
        Map<Integer, String> codes = new TreeMap<>();
        List<ExitCode> usual = new ArrayList<>(ExitCode.OF_JAVA);
        if (spec.userObject() instanceof DatabaseCommand) {
            usual.addAll(ExitCode.OF_DATABASE);
        }
        usual.forEach(code -> codes.put(code.number(), code.meaning()));
        spec.usageMessage().exitCodeList().forEach((code, meaning) -> codes.put(Integer.valueOf(code), meaning));
        Map<String, String> rows = new LinkedHashMap<>();
        codes.forEach((code, meaning) -> rows.put(String.format("%2d", code), meaning));
        return table(rows);
    }

    /** Two columns; what does not fit into a line goes on in the next one. */
    private static String table(Map<String, String> rows) {
        int column = 4 + rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        rows.forEach((label, meaning) -> {
            StringBuilder line = new StringBuilder(String.format("  %-" + (column - 2) + "s", label));
            for (String word : meaning.split(" ", -1)) {
                if (line.length() + word.length() > WIDTH) {
                    text.append(line.toString().stripTrailing()).append('\n');
                    line = new StringBuilder(" ".repeat(column));
                }
                line.append(word).append(' ');
            }
            text.append(line.toString().stripTrailing()).append('\n');
        });
        return text.toString();
    }
}
