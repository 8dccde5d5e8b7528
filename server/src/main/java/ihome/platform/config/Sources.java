package ihome.platform.config;

import ihome.platform.config.Option.Kind;
import ihome.platform.config.Option.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: the command line before the environment before the configuration file. In each of them a secret may
 * be given as the name of a file that holds it, under the option's name with {@code -file}.
 */
final class Sources {
    private static final String PREFIX = "IHOME_";
    private static final String FILE = "-file";

    /** Nothing was given. */
    static final Given DEFAULT = new Given("", Source.DEFAULT, Source.DEFAULT.toString(), List.of());

    private final Map<String, String> environment;
    private final List<Layer> layers;

    /**
     * @param values by option
     * @param spelling how an option is called here
     * @param place where the value of an option was found, for people
     */
    private record Layer(
            Source source,
            Function<String, @Nullable String> values,
            UnaryOperator<String> spelling,
            UnaryOperator<String> place) {
        /** Null: not given, or blank. */
        @Nullable
        String find(String option) {
            String value = values.apply(option);
            return value == null || value.isBlank() ? null : value.strip();
        }
    }

    Sources(CommandLine line, Map<String, String> environment, ConfigFile file) {
        this.environment = Map.copyOf(environment);
        this.layers = List.of(
                new Layer(Source.COMMAND_LINE, line.options()::get, name -> "--" + name, _ -> "command line"),
                new Layer(
                        Source.ENVIRONMENT,
                        name -> this.environment.get(Option.variable(name)),
                        Option::variable,
                        _ -> "environment"),
                new Layer(
                        Source.CONFIG_FILE,
                        name -> {
                            ConfigFile.Entry entry = file.entries().get(name);
                            return entry == null ? null : entry.text();
                        },
                        name -> name,
                        file::place));
    }

    /**
     * A value as it was given, without blanks around it.
     *
     * @param origin where it was found, for people
     * @param overridden where others were found that it is used in place of
     */
    record Given(String text, Source source, String origin, List<String> overridden) {}

    /** The value of an option; null when it is not given or blank. Adds to the mistakes what cannot be read. */
    @Nullable
    Given find(String name, Kind kind, List<String> mistakes) {
        Given found = null;
        boolean decided = false;
        List<String> overridden = new ArrayList<>();
        for (Layer layer : layers) {
            if (kind == Kind.LAUNCHER && layer.source() != Source.ENVIRONMENT) {
                continue;
            }
            String value = layer.find(name);
            String file = kind == Kind.SECRET ? layer.find(name + FILE) : null;
            if (value == null && file == null) {
                continue;
            }
            if (value != null && file != null) {
                mistakes.add("takes " + layer.spelling().apply(name) + " or "
                        + layer.spelling().apply(name + FILE) + ", not both");
            }
            if (decided) {
                overridden.add(layer.place().apply(value == null ? name + FILE : name));
            } else if (value != null) {
                found = new Given(value, layer.source(), layer.place().apply(name), overridden);
            } else {
                found = fromFile(layer.spelling().apply(name + FILE), file, overridden, mistakes);
            }
            decided = true;
        }
        return found;
    }

    private static @Nullable Given fromFile(
            String naming, @Nullable String file, List<String> overridden, List<String> mistakes) {
        try {
            String text = Files.readString(Path.of(String.valueOf(file))).strip();
            if (!text.isEmpty()) {
                return new Given(text, Source.FILE, "file " + file, overridden);
            }
            mistakes.add("finds nothing in the file that " + naming + " names: " + file);
        } catch (IOException | InvalidPathException e) {
            mistakes.add("cannot read the file that " + naming + " names: " + file);
        }
        return null;
    }

    /** The option that a name stands for, which for a secret is also the name with {@code -file}; null: nobody knows it. */
    static @Nullable Option known(String name, Map<String, Option> options) {
        Option option = options.get(name);
        if (option != null || !name.endsWith(FILE)) {
            return option;
        }
        Option secret = options.get(name.substring(0, name.length() - FILE.length()));
        return secret != null && secret.kind() == Kind.SECRET ? secret : null;
    }

    /** A line for each of our variables that no option has. */
    List<String> strangers(Collection<Option> options) {
        Set<String> known = new HashSet<>();
        for (Option option : options) {
            known.add(option.variable());
            if (option.kind() == Kind.SECRET) {
                known.add(option.fileVariable());
            }
        }
        return new TreeSet<>(environment.keySet())
                .stream()
                        .filter(variable -> variable.startsWith(PREFIX) && !known.contains(variable))
                        .map(variable -> "nobody reads " + variable + Spelling.hint(variable, known))
                        .toList();
    }
}
