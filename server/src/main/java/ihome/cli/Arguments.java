package ihome.cli;

import ihome.platform.config.Option;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Takes the arguments of a command apart. Its own options and parameters go to the command; those of the configuration, and what
 * nobody knows, go to {@link Invocation#settings()}, so that all mistakes are named at once.
 */
final class Arguments {
    /** What a value of a type looks like. */
    private static final Map<Class<?>, String> FORMS = Map.of(
            boolean.class, "true or false",
            long.class, "a number",
            Long.class, "a number",
            LocalDate.class, "a day such as 2026-06-01",
            Money.class, "an amount in yuan with at most two decimals");

    private Arguments() {}

    /** @param complete whether help and completion know all options of the configuration, and not only the main ones */
    static CommandLine model(Object command, Invocation call, boolean complete) {
        CommandLine model = new CommandLine(command);
        List<CommandLine> all = new ArrayList<>(model.getSubcommands().values());
        all.addFirst(model);
        if (command instanceof ConfiguredCommand configured) {
            List<Option> options = ConfigOptions.all();
            Predicate<String> shown =
                    name -> complete || configured.mainOptions().contains(name);
            all.forEach(line -> addOptions(line.getCommandSpec(), options, shown, call));
        }
        all.forEach(line -> line.getCommandSpec().parser().collectErrors(true));
        return model.registerConverter(
                        LocalDate.class,
                        text -> SiteTime.parseDate(text).orElseThrow(() -> new IllegalArgumentException(text)))
                .registerConverter(
                        Money.class,
                        text -> Money.parseYuan(text).orElseThrow(() -> new IllegalArgumentException(text)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setAllowSubcommandsAsOptionParameters(true)
                .setUnmatchedArgumentsAllowed(true);
    }

    /** @param shown those that the help names */
    private static void addOptions(CommandSpec spec, List<Option> options, Predicate<String> shown, Invocation call) {
        for (Option option : options) {
            if (option.kind() == Option.Kind.LAUNCHER) {
                continue;
            }
            add(spec, option, option.name(), shown, call);
            if (option.kind() == Option.Kind.SECRET) {
                add(spec, option, option.name() + "-file", shown, call);
            }
        }
    }

    private static void add(CommandSpec spec, Option option, String name, Predicate<String> shown, Invocation call) {
        if (spec.findOption("--" + name) != null) {
            return; // The command has its own word for it.
        }
        boolean flag = option.kind() == Option.Kind.FLAG;
        boolean path = option.form().equals("a path") || option.kind() == Option.Kind.SECRET;
        spec.addOption(OptionSpec.builder("--" + name)
                .type(flag ? boolean.class : path ? Path.class : String.class)
                .arity(flag ? "0..1" : "1")
                .fallbackValue("true")
                .converters(flag ? Option::isSet : text -> text)
                .paramLabel(path ? "PATH" : option.form().startsWith("a number") ? "N" : "VALUE")
                .description(option.help() + " (" + option.variable()
                        + (flag || option.fallback().isEmpty() ? "" : ", default " + option.fallback()) + ")")
                .hidden(!shown.test(name))
                .setter(new OfConfiguration(name, call))
                .build());
    }

    /** Hands the value of an option on to the configuration, which reads it. */
    private record OfConfiguration(String name, Invocation call) implements ISetter {
        @Override
        public <T> @Nullable T set(@Nullable T value) {
            if (value != null) {
                call.configuration().add("--" + name + "=" + value);
            }
            return null;
        }
    }

    static boolean isOfConfiguration(ArgSpec argument) {
        return argument.setter() instanceof OfConfiguration;
    }

    /** What is wrong with the arguments is in {@link Invocation#mistakes()}. */
    static ParseResult parse(CommandLine model, List<String> arguments, Invocation call) {
        ParseResult parsed = model.parseArgs(arguments.toArray(String[]::new));
        ParseResult last = parsed;
        List<Exception> errors = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (ParseResult level = parsed; level != null; level = level.subcommand()) {
            errors.addAll(level.errors());
            rest.addAll(level.unmatched());
            last = level;
        }
        Optional<String> malformed =
                errors.stream().flatMap(error -> malformed(error).stream()).findFirst();
        if (malformed.isPresent()) {
            // picocli takes a malformed parameter for none: the others are not where they belong.
            call.mistakes().add(malformed.get());
            return parsed;
        }
        errors.forEach(error -> call.mistakes().addAll(mistakes(error)));
        CommandSpec spec = last.commandSpec();
        if (!spec.subcommands().isEmpty() && spec.positionalParameters().isEmpty()) {
            String tasks = String.join(", ", spec.subcommands().keySet());
            if (!rest.isEmpty() && !rest.getFirst().startsWith("-")) {
                call.mistakes().add("does not know the task " + rest.removeFirst() + ", only: " + tasks);
            } else if (!(spec.userObject() instanceof Runnable)) {
                call.mistakes().add("needs what to do: " + tasks.replaceAll(", ([a-z]+)$", " or $1"));
            }
        }
        call.configuration().addAll(rest);
        return parsed;
    }

    private static List<String> mistakes(Exception error) {
        if (error instanceof CommandLine.MissingParameterException missing) {
            return missing.getMissing().stream()
                    .map(argument -> missing(argument, String.valueOf(error.getMessage())))
                    .toList();
        }
        return List.of(String.valueOf(error.getMessage()));
    }

    private static Optional<String> malformed(Exception error) {
        return error instanceof CommandLine.ParameterException bad
                        && !(error instanceof CommandLine.MissingParameterException)
                        && bad.getArgSpec() != null
                ? Optional.of(label(bad.getArgSpec()) + " should be " + form(bad.getArgSpec()) + ", and not "
                        + bad.getValue())
                : Optional.empty();
    }

    private static String missing(ArgSpec argument, String message) {
        if (argument.isOption() && message.contains("parameter for option")) {
            return label(argument) + " needs a value";
        }
        String what = String.join(" ", argument.description());
        return "needs " + (argument.isOption() ? label(argument) + ": " + what : what);
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String form(ArgSpec argument) {
        Iterable<String> words = argument.completionCandidates();
        return words == null
                ? FORMS.getOrDefault(argument.type(), argument.type().getSimpleName())
                : StreamSupport.stream(words.spliterator(), false).collect(Collectors.joining(" or "));
    }
}
