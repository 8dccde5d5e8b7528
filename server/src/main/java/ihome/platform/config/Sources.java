package ihome.platform.config;

import ihome.platform.config.Option.Kind;
import ihome.platform.config.Option.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where values come from: the command line before the environment before, for a secret, a file. */
final class Sources {
    private static final String PREFIX = "IHOME_";

    private final CommandLine line;
    private final Map<String, String> environment;

    Sources(CommandLine line, Map<String, String> environment) {
        this.line = line;
        this.environment = Map.copyOf(environment);
    }

    /** A value as it was given, without blanks around it. */
    record Given(String text, Source source) {}

    /** The value of an option; null when it is not given or blank. Adds to the mistakes what cannot be read. */
    @Nullable
    Given find(String name, Kind kind, List<String> mistakes) {
        String variable = Option.variable(name);
        String inLine = line.options().get(name);
        String inEnvironment = environment.get(variable);
        String file = kind == Kind.SECRET ? environment.get(Option.fileVariable(name)) : null;
        if (inEnvironment != null && file != null) {
            mistakes.add("takes " + variable + " or " + Option.fileVariable(name) + ", not both");
        }
        if (inLine != null) {
            return given(inLine, Source.COMMAND_LINE);
        }
        if (inEnvironment != null) {
            return given(inEnvironment, Source.ENVIRONMENT);
        }
        return file == null ? null : fromFile(Option.fileVariable(name), file, mistakes);
    }

    private static @Nullable Given fromFile(String variable, String file, List<String> mistakes) {
        try {
            Given given = given(Files.readString(Path.of(file)), Source.FILE);
            if (given == null) {
                mistakes.add("finds nothing in the file that " + variable + " names: " + file);
            }
            return given;
        } catch (IOException | InvalidPathException e) {
            mistakes.add("cannot read the file that " + variable + " names: " + file);
            return null;
        }
    }

    private static @Nullable Given given(String text, Source source) {
        return text.isBlank() ? null : new Given(text.strip(), source);
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
