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
import java.util.stream.Stream;
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

    /** @param more which options of the configuration it has besides the main ones: to declare all 120 takes time */
    static CommandLine model(Object command, Invocation call, Predicate<String> more) {
        CommandLine model = new CommandLine(command);
        List<CommandLine> all = new ArrayList<>(model.getSubcommands().values());
        all.addFirst(model);
        if (command instanceof ConfiguredCommand configured) {
            Predicate<String> taken = more.or(configured.mainOptions()::contains);
            for (Option option : ConfigOptions.all()) {
                names(option)
                        .filter(taken)
                        .forEach(name -> all.forEach(line -> add(line.getCommandSpec(), option, name, call)));
            }
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

    private static Stream<String> names(Option option) {
        return switch (option.kind()) {
            case LAUNCHER -> Stream.empty();
            case SECRET -> Stream.of(option.name(), option.name() + "-file");
            case PLAIN, FLAG -> Stream.of(option.name());
        };
    }

    private static void add(CommandSpec spec, Option option, String name, Invocation call) {
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
        for (int i = 0; i < rest.size(); i++) {
            boolean valued = i + 1 < rest.size() && !rest.get(i + 1).startsWith("-");
            // What followed an unknown option may have been taken for a parameter: unknown is what it is, not without a
            // value.
            boolean alone = rest.get(i).startsWith("--") && !rest.get(i).contains("=") && !valued;
            call.configuration().add(rest.get(i) + (alone ? "=" : ""));
        }
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
