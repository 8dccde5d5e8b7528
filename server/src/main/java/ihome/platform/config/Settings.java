package ihome.platform.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Options by name: {@code --some-name VALUE} on the command line, else {@code IHOME_SOME_NAME} in the environment, else
 * the default. Reading a malformed value records a mistake and answers the default, so that all mistakes are named at
 * once by {@link #check()}. A value that begins with two dashes is written {@code --some-name=--value}.
 */
public final class Settings {
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final List<String> operands = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> mistakes = new ArrayList<>();
    private int operandsTaken;

    /**
     * @param arguments the command line after the command
     * @param flags options that take no value
     * @param environment all of it; only names that begin with {@code IHOME_} are read
     */
    public Settings(List<String> arguments, Set<String> flags, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                operands.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (equals >= 0) {
                given.put(name, argument.substring(equals + 1));
            } else if (flags.contains(name)) {
                given.put(name, "true");
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                given.put(name, arguments.get(++i));
            } else {
                mistakes.add("--" + name + " needs a value");
            }
        }
    }

    /** The only argument that is no option, such as a file's name; a mistake when it is missing. */
    public String operand(String what) {
        operandsTaken = 1;
        if (operands.isEmpty()) {
            mistakes.add("needs " + what);
            return "";
        }
        return operands.getFirst();
    }

    /** The value as it was given, without blanks around it; empty when it is not given or blank. */
    public Optional<String> text(String name) {
        known.add(name);
        String value = given.getOrDefault(name, environment.get(variable(name)));
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    public boolean flag(String name) {
        return parsed(name, false, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** A whole number within bounds, both included. */
    public int integer(String name, int fallback, int min, int max) {
        return parsed(name, fallback, "a number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    public Path path(String name, Path fallback) {
        return parsed(name, fallback, "a path", Settings::pathOf);
    }

    private static Path pathOf(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public ZoneId zone(String name, ZoneId fallback) {
        return parsed(name, fallback, "a time zone such as Asia/Shanghai", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** An http or https address; empty when it is not given. */
    public Optional<URI> url(String name) {
        return parsed(name, Optional.empty(), "an address such as https://www.example.com", text -> {
            URI uri = URI.create(text);
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new IllegalArgumentException();
            }
            return Optional.of(uri);
        });
    }

    /** A value that {@code parse} makes something of; it throws IllegalArgumentException for what is not of the form. */
    public <T> Optional<T> value(String name, String form, Function<String, T> parse) {
        return parsed(name, Optional.empty(), form, text -> Optional.of(parse.apply(text)));
    }

    /** The text of an option that cannot be left out; a mistake, and the empty string, when it is. */
    public String required(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            mistakes.add("--" + name + " (" + variable(name) + ") is missing");
        }
        return text.orElse("");
    }

    /**
     * A secret that cannot be left out: the option itself, or the whole text of the file that {@code --name-file}
     * ({@code IHOME_NAME_FILE}) names. A mistake, and an empty secret, when there is none.
     */
    public Secret secret(String name) {
        Optional<String> text = text(name);
        String fileOption = name + "-file";
        Optional<Path> file = value(fileOption, "a path", Settings::pathOf);
        if (text.isPresent() && file.isPresent()) {
            mistakes.add("--" + name + " (" + variable(name) + ") and --" + fileOption + " are both given");
        } else if (file.isPresent()) {
            text = fromFile(fileOption, file.get());
        } else if (text.isEmpty()) {
            mistakes.add("--" + name + " (" + variable(name) + ", or " + variable(fileOption) + ") is missing");
        }
        return new Secret(text.orElse(""));
    }

    private Optional<String> fromFile(String option, Path file) {
        String text = "";
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            mistakes.add("--" + option + " (" + variable(option) + ") names a file that cannot be read: " + file);
            return Optional.empty();
        }
        if (text.isEmpty()) {
            mistakes.add("--" + option + " (" + variable(option) + ") names an empty file: " + file);
        }
        return Optional.of(text);
    }

    /** Words separated by commas. */
    public Set<String> words(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : text(name).orElse("").split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    /** Records a mistake that only the reader of several options can see. */
    public void mistake(String what) {
        mistakes.add(what);
    }

    /** Fails with every mistake there is, options that nobody knows among them. */
    public void check() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                mistakes.add("does not know --" + name);
            }
        }
        for (String extra : operands.subList(Math.min(operandsTaken, operands.size()), operands.size())) {
            mistakes.add("does not take the argument " + extra);
        }
        if (!mistakes.isEmpty()) {
            throw new BadSettings(mistakes);
        }
    }

    private <T> T parsed(String name, T fallback, String form, Function<String, T> parse) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return parse.apply(text.get());
        } catch (IllegalArgumentException e) {
            mistakes.add("--" + name + " (" + variable(name) + ") should be " + form);
            return fallback;
        }
    }

    private static String variable(String name) {
        return "IHOME_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
