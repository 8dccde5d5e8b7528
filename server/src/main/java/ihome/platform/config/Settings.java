package ihome.platform.config;

import ihome.platform.config.Option.Kind;
import ihome.platform.config.Option.Source;
import ihome.platform.time.ZoneNames;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Options by name: {@code --some-name VALUE} on the command line, else {@code IHOME_SOME_NAME} in the environment, else
 * {@code some-name: VALUE} in the file that {@code --config} names, else the default. To read an option is to declare it: the
 * page of all options is made from the reads. A malformed value is recorded as a mistake and read as the default, so that
 * {@link #check()} names all mistakes at once. A value that begins with two dashes is written {@code --some-name=--value}.
 */
public final class Settings {
    static final String CONFIG = "config";

    private final CommandLine line;
    private final ConfigFile file;
    private final Sources sources;
    private final Supplier<List<Option>> ofOthers;
    private final Map<String, Option> options = new LinkedHashMap<>();
    private final List<String> mistakes;
    private String section = "General";

    /**
     * @param arguments the command line after the command
     * @param flags options that take no value
     * @param environment all of it; only names that begin with {@code IHOME_} are read
     */
    public Settings(List<String> arguments, Set<String> flags, Map<String, String> environment) {
        this(arguments, flags, environment, List::of);
    }

    /** @param ofOthers options of other commands, which the environment and the configuration file may hold as well */
    public Settings(
            List<String> arguments,
            Set<String> flags,
            Map<String, String> environment,
            Supplier<List<Option>> ofOthers) {
        this.ofOthers = ofOthers;
        this.line = CommandLine.parse(arguments, flags);
        this.mistakes = new ArrayList<>(line.mistakes());
        String name = line.options().getOrDefault(CONFIG, environment.getOrDefault(Option.variable(CONFIG), ""));
        this.file = name.isBlank() ? ConfigFile.NONE : ConfigFile.read(name.strip(), mistakes);
        this.sources = new Sources(line, environment, file);
    }

    /** What is read from here on stands under this heading. */
    public Settings section(String title) {
        section = title;
        return this;
    }

    /** Declares the option that names the configuration file. */
    public void configFile(String help) {
        path(CONFIG, Path.of(""), help);
    }

    /** The value as it was given, without blanks around it; empty when it is not given or blank. */
    public Optional<String> text(String name, String help) {
        return read(name, Kind.PLAIN, "text", Optional.empty(), help, Optional::of, value -> value.orElse(""));
    }

    /** As {@link #text(String, String)}, with a default. */
    public String textOr(String name, String fallback, String help) {
        return read(name, Kind.PLAIN, "text", fallback, help, text -> text, text -> text);
    }

    /** One of a few words. */
    public String choice(String name, String fallback, List<String> words, String help) {
        return read(
                name,
                Kind.PLAIN,
                String.join(" or ", words),
                fallback,
                help,
                text -> require(text, words.contains(text)),
                text -> text);
    }

    public boolean flag(String name, String help) {
        return read(name, Kind.FLAG, "true or false", false, help, Option::isSet, String::valueOf);
    }

    /** A whole number within bounds, both included. */
    public int integer(String name, int fallback, int min, int max, String help) {
        return read(
                name,
                Kind.PLAIN,
                "a number from " + min + " to " + max,
                fallback,
                help,
                text -> {
                    int value = Integer.parseInt(text);
                    return require(value, value >= min && value <= max);
                },
                String::valueOf);
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 14d}, from nothing up to {@code max}. */
    public Duration duration(String name, Duration fallback, Duration max, String help) {
        return read(
                name,
                Kind.PLAIN,
                Durations.FORM + ", at most " + Durations.format(max),
                fallback,
                help,
                text -> {
                    Duration value = Durations.parse(text);
                    return require(value, value.compareTo(max) <= 0);
                },
                Durations::format);
    }

    public Path path(String name, Path fallback, String help) {
        return read(
                name,
                Kind.PLAIN,
                "a path",
                fallback,
                help,
                text -> {
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException(e);
                    }
                },
                Path::toString);
    }

    public ZoneId zone(String name, ZoneId fallback, String help) {
        return read(
                name,
                Kind.PLAIN,
                "a time zone such as Asia/Shanghai, or UTC",
                fallback,
                help,
                ZoneNames::parse,
                ZoneId::getId);
    }

    /** An http or https address; empty when it is not given. */
    public Optional<URI> url(String name, String help) {
        return read(
                name,
                Kind.PLAIN,
                "an address such as https://www.example.com",
                Optional.<URI>empty(),
                help,
                text -> {
                    URI uri = URI.create(text);
                    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                    return Optional.of(require(uri, http && uri.getHost() != null));
                },
                value -> value.map(URI::toString).orElse(""));
    }

    /** Words separated by commas. */
    public Set<String> words(String name, String help) {
        return read(
                name,
                Kind.PLAIN,
                "words separated by commas",
                Set.of(),
                help,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                words -> String.join(",", words));
    }

    /** A value that {@code parse} makes something of; it throws IllegalArgumentException for what is not of the form. */
    public <T> Optional<T> value(String name, String form, Function<String, T> parse, String help) {
        return read(
                name,
                Kind.PLAIN,
                form,
                Optional.<T>empty(),
                help,
                text -> Optional.of(parse.apply(text)),
                value -> value.map(Object::toString).orElse(""));
    }

    /** A secret: from {@code IHOME_NAME}, or from the file that {@code IHOME_NAME_FILE} names. */
    public Optional<Secret> secret(String name, String help) {
        return secret(name, "a secret", Secret::new, help);
    }

    /** A secret, or what holds one such as an address with a password, that {@code parse} makes something of. */
    public <T> Optional<T> secret(String name, String form, Function<String, T> parse, String help) {
        return read(
                name,
                Kind.SECRET,
                form,
                Optional.<T>empty(),
                help,
                text -> Optional.of(parse.apply(text)),
                value -> value.isPresent() ? Secret.REDACTED : "");
    }

    /** As {@link #text(String, String)}; empty, and a mistake where it is {@code needed}, when it is not given. */
    public String textIf(boolean needed, String name, String help) {
        return givenIf(needed, name, text(name, help)).orElse("");
    }

    /** As {@link #secret(String, String)}; empty, and a mistake where it is {@code needed}, when it is not given. */
    public Secret secretIf(boolean needed, String name, String help) {
        return givenIf(needed, name, secret(name, help)).orElseGet(() -> new Secret(""));
    }

    /** As {@link #url(String, String)}; empty, and a mistake where it is {@code needed}, when it is not given. */
    public Optional<URI> urlIf(boolean needed, String name, String help) {
        return givenIf(needed, name, url(name, help));
    }

    private <T> Optional<T> givenIf(boolean needed, String name, Optional<T> value) {
        String start = "--" + name + " (" + Option.variable(name) + ")";
        boolean malformed = mistakes.stream().anyMatch(mistake -> mistake.startsWith(start));
        if (needed && value.isEmpty() && !malformed) {
            mistakes.add(start + " is missing");
        }
        return value;
    }

    /** A variable that the launcher reads before Java runs: declared so that it is documented and known. */
    public void launcherVariable(String name, String form, String fallback, String help) {
        read(name, Kind.LAUNCHER, form, fallback, help, text -> text, text -> text);
    }

    /** Records a mistake that only the reader of several options can see. */
    public void mistake(String what) {
        mistakes.add(what);
    }

    /** Every option that was read, in the order of reading. */
    public List<Option> options() {
        return List.copyOf(options.values());
    }

    /** What is odd but no mistake: variables that nobody knows, secrets that others can see. */
    public List<String> warnings() {
        return checks().warnings();
    }

    /** Fails with every mistake there is, options that nobody knows among them. */
    public void check() {
        // An option that two parts read is wrong once.
        List<String> all = new ArrayList<>(new LinkedHashSet<>(mistakes));
        all.addAll(checks().mistakes());
        if (!all.isEmpty()) {
            throw new BadSettings(all);
        }
    }

    private SettingsCheck checks() {
        return new SettingsCheck(line, file, sources, options, ofOthers.get());
    }

    private <T> T read(
            String name,
            Kind kind,
            String form,
            T fallback,
            String help,
            Function<String, T> parse,
            Function<T, String> format) {
        Sources.Given given = sources.find(name, kind, mistakes);
        T value = fallback;
        Sources.Given used = Sources.DEFAULT;
        if (given != null) {
            try {
                value = parse.apply(given.text());
                used = given;
            } catch (IllegalArgumentException e) {
                String where = given.source() == Source.CONFIG_FILE ? " (" + given.origin() + ")" : "";
                mistakes.add("--" + name + " (" + Option.variable(name) + ") should be " + form + where);
            }
        }
        options.putIfAbsent(
                name,
                new Option(
                        section,
                        name,
                        form,
                        format.apply(fallback),
                        help,
                        kind,
                        format.apply(value),
                        used.source(),
                        used.origin(),
                        List.copyOf(used.overridden())));
        return value;
    }

    private static <T> T require(T value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }
}
