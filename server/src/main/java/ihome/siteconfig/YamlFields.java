package ihome.siteconfig;

import ihome.platform.problem.BusinessException;
import ihome.platform.text.TextRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The fields of one mapping of a YAML file, read one after the other. What is wrong is added to the mistakes, with the
 * field's path and line, and something harmless is returned, so that all mistakes are found in one pass.
 */
final class YamlFields {
    private final String path;
    private final int line;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final List<String> mistakes;
    private final Set<String> known = new HashSet<>();

    private YamlFields(String path, Node node, List<String> mistakes) {
        this.path = path;
        this.line = line(node);
        this.mistakes = mistakes;
        if (!(node instanceof MappingNode mapping)) {
            mistakes.add(
                    (path.isEmpty() ? "the file" : path) + " (line " + line + ") should have fields such as name:");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (fields.put(key, tuple.getValueNode()) != null) {
                mistakes.add(at(key) + " is there twice");
            }
        }
    }

    /** The whole file. */
    static YamlFields of(Node root, List<String> mistakes) {
        return new YamlFields("", root, mistakes);
    }

    /** Where it stands in the file, as {@code cities[0].areas[2]}. */
    String path() {
        return path;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private String at(String field) {
        Node node = fields.get(field);
        return (path.isEmpty() ? field : path + "." + field) + " (line " + (node == null ? line : line(node)) + ")";
    }

    /** Something is wrong with a field that only the caller can tell. */
    void mistake(String field, String what) {
        mistakes.add(at(field) + " " + what);
    }

    boolean has(String field) {
        known.add(field);
        Node node = fields.get(field);
        return node != null && !node.getTag().equals(Tag.NULL);
    }

    /** Empty where it is missing or wrong. */
    String text(String field, int longest) {
        known.add(field);
        if (!has(field)) {
            mistake(field, "is missing");
            return "";
        }
        return line(field, fields.get(field), longest);
    }

    String textOr(String field, int longest, String otherwise) {
        known.add(field);
        return has(field) ? line(field, fields.get(field), longest) : otherwise;
    }

    /** One line, by the site's rule for texts. */
    private String line(String field, @Nullable Node node, int longest) {
        if (!(node instanceof ScalarNode scalar)) {
            mistake(field, "should be one text");
            return "";
        }
        try {
            return TextRule.line(field, scalar.getValue(), 1, longest);
        } catch (BusinessException refused) {
            mistake(field, "should be one line of 1 to " + longest + " characters, without invisible ones");
            return "";
        }
    }

    List<String> texts(String field, int most, int longest) {
        known.add(field);
        List<String> texts = new ArrayList<>();
        for (Node item : items(field, most)) {
            texts.add(line(field, item, longest));
        }
        return texts;
    }

    /** 0 where it is missing or wrong. */
    int integer(String field, int least, int most) {
        String text = scalar(field);
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        if (has(field)) {
            mistake(field, "should be a whole number from " + least + " to " + most);
        }
        return 0;
    }

    double degrees(String field, int most) {
        String text = scalar(field);
        if (text.matches("-?[0-9]{1,3}(\\.[0-9]{1,12})?") && Math.abs(Double.parseDouble(text)) <= most) {
            return Double.parseDouble(text);
        }
        if (has(field)) {
            mistake(field, "should be degrees from -" + most + " to " + most);
        }
        return 0;
    }

    /** The first of the words where it is missing or wrong. */
    String oneOf(String field, List<String> words) {
        known.add(field);
        if (!has(field)) {
            return words.getFirst();
        }
        String text = scalar(field);
        if (!words.contains(text)) {
            mistake(field, "should be one of " + String.join(", ", words));
            return words.getFirst();
        }
        return text;
    }

    private String scalar(String field) {
        known.add(field);
        if (!has(field)) {
            mistake(field, "is missing");
            return "";
        }
        return fields.get(field) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The mappings of a list; none where it is missing. */
    List<YamlFields> list(String field, int most) {
        known.add(field);
        List<YamlFields> list = new ArrayList<>();
        List<Node> items = items(field, most);
        String here = path.isEmpty() ? field : path + "." + field;
        for (int i = 0; i < items.size(); i++) {
            list.add(new YamlFields(here + "[" + i + "]", items.get(i), mistakes));
        }
        return list;
    }

    private List<Node> items(String field, int most) {
        if (!has(field)) {
            return List.of();
        }
        if (!(fields.get(field) instanceof SequenceNode sequence)) {
            mistake(field, "should be a list");
            return List.of();
        }
        if (sequence.getValue().size() > most) {
            mistake(field, "should have at most " + most + " items");
            return List.of();
        }
        return sequence.getValue();
    }

    /** When all that is known was read: a mistake for each field that was not. */
    void refuseOthers() {
        fields.keySet().stream()
                .filter(field -> !known.contains(field))
                .forEach(field -> mistake(field, "is not known; known are " + String.join(", ", sorted())));
    }

    private List<String> sorted() {
        return known.stream().sorted().toList();
    }
}
