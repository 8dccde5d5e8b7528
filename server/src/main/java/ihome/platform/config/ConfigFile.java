package ihome.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Options from a YAML file: a key is the name of an option, a value is what would stand on the command line, and a list is its
 * items with commas between. Values are taken as they are written, so that {@code on}, {@code 010} and {@code 1h} mean what
 * they mean elsewhere; a key without a value is not given.
 *
 * @param name the file's name as it was given; empty: there is no file
 * @param entries by option
 */
record ConfigFile(String name, Map<String, Entry> entries) {
    /** No configuration file. */
    static final ConfigFile NONE = new ConfigFile("", Map.of());

    private static final LoadSettings SYNTAX = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowNonScalarKeys(true)
            .build();

    /** Larger files are refused before they are read. */
    static final int MAX_BYTES = 1024 * 1024;

    /** @param line counted from 1 */
    record Entry(String text, int line) {}

    ConfigFile {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** Reads a file; what cannot be used is added to the mistakes, which never repeat a value. */
    static ConfigFile read(String name, List<String> mistakes) {
        try {
            Path file = Path.of(name);
            Optional<Node> root = new Compose(SYNTAX).composeString(text(file));
            return new ConfigFile(
                    name, root.map(node -> entries(name, node, mistakes)).orElse(Map.of()));
        } catch (CharacterCodingException e) {
            mistakes.add("cannot use " + name + ": it is not UTF-8");
        } catch (IOException | InvalidPathException e) {
            mistakes.add("cannot read the configuration file " + name);
        } catch (TooLarge e) {
            mistakes.add("cannot use " + name + ": it is larger than " + MAX_BYTES / 1024 + " KiB");
        } catch (MarkedYamlEngineException e) {
            // Not its message, which quotes the file.
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            mistakes.add("cannot use " + name + ": line " + line + " is not YAML");
        } catch (YamlEngineException e) {
            mistakes.add("cannot use " + name + ": it is not YAML");
        }
        return new ConfigFile(name, Map.of());
    }

    private static final class TooLarge extends RuntimeException {
        TooLarge() {
            super("", null, false, false);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TooLarge();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    private static Map<String, Entry> entries(String name, Node root, List<String> mistakes) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (isNothing(root)) {
            return entries;
        }
        if (!(root instanceof MappingNode mapping)) {
            mistakes.add("cannot use " + name + ": it should have lines such as port: 8080");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                mistakes.add("cannot use " + place(name, line) + ": a key should be the name of an option");
                continue;
            }
            String text = text(tuple.getValueNode());
            if (text == null) {
                mistakes.add("cannot use " + key.getValue() + " (" + place(name, line)
                        + "): it should have one value, or a list of values");
            } else if (entries.putIfAbsent(key.getValue(), new Entry(text, line)) != null) {
                mistakes.add("takes " + key.getValue() + " once (" + place(name, line) + ")");
            }
        }
        return entries;
    }

    /** Null for what is nested. */
    private static @Nullable String text(Node node) {
        if (isNothing(node)) {
            return "";
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return null;
        }
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                return null;
            }
            items.add(scalar.getValue());
        }
        return String.join(",", items);
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static String place(String name, int line) {
        return name + ", line " + line;
    }

    /** Where the value of a key stands; the file's name for a key that is not there. */
    String place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? name : place(name, entry.line());
    }

    /** A mistake for each key that is no option of those, or that cannot be given in a file. */
    List<String> unusable(Map<String, Option> options) {
        List<String> mistakes = new ArrayList<>();
        entries.forEach((key, entry) -> {
            Option option = Sources.known(key, options);
            String place = " (" + place(name, entry.line()) + ")";
            if (option == null) {
                mistakes.add("does not know " + key + Spelling.hint(key, options.keySet()) + place);
            } else if (option.kind() == Option.Kind.LAUNCHER) {
                mistakes.add("takes " + option.variable() + " from the environment only" + place);
            } else if (key.equals(Settings.CONFIG)) {
                mistakes.add("takes one configuration file, which names no other" + place);
            }
        });
        return mistakes;
    }

    /** Whether every user of this machine can read it. */
    boolean isReadableByAll() {
        try {
            return !name.isEmpty()
                    && Files.getPosixFilePermissions(Path.of(name)).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
