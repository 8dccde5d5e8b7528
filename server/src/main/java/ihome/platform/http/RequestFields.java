package ihome.platform.http;

import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.platform.text.RawLength;
import ihome.platform.text.TextRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON body, taken by name and never bound: what is not asked for is ignored. Numbers may come as JSON
 * numbers or as strings, as web forms send them. Every method fails with PARAMERR naming the field, one of an inner object
 * with its whole path: {@code guests.adults}, {@code seasons[0].from}. Every text has a length as it was sent ({@link
 * RawLength}), which is looked at first.
 */
public final class RequestFields {
    private final JsonNode object;
    private final String prefix;

    RequestFields(JsonNode object) {
        this(object, "");
    }

    private RequestFields(JsonNode object, String prefix) {
        this.object = object;
        this.prefix = prefix;
    }

    /**
     * The objects of a list. Its size is looked at before any of them.
     *
     * @param name what refusals call the list
     */
    static List<RequestFields> listOf(JsonNode list, String name, int maxSize) {
        if (!list.isArray() || list.size() > maxSize) {
            throw Refusal.badField(name, "应为最多 " + maxSize + " 项的列表");
        }
        List<RequestFields> objects = new ArrayList<>(list.size());
        for (JsonNode element : list) {
            String one = name + "[" + objects.size() + "]";
            if (!element.isObject()) {
                throw Refusal.badField(one, "应为一组字段");
            }
            objects.add(new RequestFields(element, one + "."));
        }
        return objects;
    }

    /** What a refusal calls a field: with the names of the objects that it is in. */
    private String named(String name) {
        return prefix + name;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        JsonNode node = object.get(name);
        return node != null && !node.isNull();
    }

    /** Whether the field is there, null or not. */
    public boolean mentions(String name) {
        return object.has(name);
    }

    /** Text as {@link TextRule} has it, without blanks around it, its length counted in Unicode code points. */
    public String text(String name, int min, int max) {
        return TextRule.text(named(name), raw(name, min, max), min, max);
    }

    /** Like {@link #text}, and without line breaks and tabs. */
    public String line(String name, int min, int max) {
        return TextRule.line(named(name), raw(name, min, max), min, max);
    }

    private String raw(String name, int min, int max) {
        return required(name, RawLength.of(max), "长度应为 " + min + " 到 " + max + " 个字符");
    }

    /**
     * Text exactly as it was sent, for passwords. May be empty.
     *
     * @param longest in UTF-16 units
     * @param tooLong what is said of a longer one
     */
    public String rawText(String name, int longest, String tooLong) {
        return required(name, longest, tooLong);
    }

    /** A whole number within bounds, both included. */
    public int integer(String name, int min, int max) {
        String text = number(name, "应为整数");
        if (!text.matches("-?[0-9]{1,10}")) {
            throw Refusal.badField(named(name), "应为整数");
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw Refusal.badField(named(name), "应在 " + min + " 到 " + max + " 之间");
        }
        return (int) value;
    }

    /** An amount in whole fen, from 0 to fifteen digits. */
    public Money fen(String name) {
        String wrong = "应为金额（分，整数）";
        String text = number(name, wrong);
        if (!text.matches("[0-9]{1,15}")) {
            throw Refusal.badField(named(name), wrong);
        }
        return new Money(Long.parseLong(text));
    }

    /** An amount in yuan with at most two decimals, within bounds, both included. */
    public Money yuan(String name, Money min, Money max) {
        String wrong = "应为金额（元，最多两位小数）";
        Money amount = Money.parseYuan(number(name, wrong)).orElseThrow(() -> Refusal.badField(named(name), wrong));
        if (amount.compareTo(min) < 0 || amount.compareTo(max) > 0) {
            throw Refusal.badField(named(name), "应在 " + min.yuan() + " 到 " + max.yuan() + " 元之间");
        }
        return amount;
    }

    /** A number in plain notation with at most so many decimals, within bounds, both included. */
    public BigDecimal decimal(String name, BigDecimal min, BigDecimal max, int decimals) {
        String wrong = "应为数字，最多 " + decimals + " 位小数";
        String text = number(name, wrong);
        if (!text.matches("-?[0-9]{1,10}(\\.[0-9]{1," + decimals + "})?")) {
            throw Refusal.badField(named(name), wrong);
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw Refusal.badField(named(name), "应在 " + min.toPlainString() + " 到 " + max.toPlainString() + " 之间");
        }
        return value;
    }

    /** A list of ids of rows, from 1; any other element is refused. */
    public List<Long> ids(String name, int maxSize) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            throw Refusal.missingField(named(name));
        }
        if (!node.isArray() || node.size() > maxSize) {
            throw Refusal.badField(named(name), "应为最多 " + maxSize + " 项的列表");
        }
        List<Long> ids = new ArrayList<>();
        for (JsonNode element : node) {
            String text = JsonScalars.shortText(element);
            if (text == null || !text.strip().matches("[0-9]{1,18}") || Long.parseLong(text.strip()) == 0) {
                throw Refusal.badField(named(name), "应为正整数的列表");
            }
            ids.add(Long.parseLong(text.strip()));
        }
        return ids;
    }

    /** A list of whole numbers; empty when the field is absent or null. Elements that are no int are left out. */
    public List<Integer> integers(String name, int maxSize) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray() || node.size() > maxSize) {
            throw Refusal.badField(named(name), "应为最多 " + maxSize + " 项的列表");
        }
        List<Integer> values = new ArrayList<>();
        for (JsonNode element : node) {
            String text = JsonScalars.shortText(element);
            if (text != null && text.strip().matches("[0-9]{1,9}")) {
                values.add(Integer.parseInt(text.strip()));
            }
        }
        return values;
    }

    /** The fields of an object; empty when it is absent or null. */
    public Optional<RequestFields> object(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode node = object.get(name);
        if (!node.isObject()) {
            throw Refusal.badField(named(name), "应为一组字段");
        }
        return Optional.of(new RequestFields(node, named(name) + "."));
    }

    /** A list of objects, which has to be there; any other element is refused. */
    public List<RequestFields> objects(String name, int maxSize) {
        if (!has(name)) {
            throw Refusal.missingField(named(name));
        }
        return listOf(object.get(name), named(name), maxSize);
    }

    /** Text of a field that may be missing; empty when it is absent, null or blank. */
    public Optional<String> optionalText(String name, int max) {
        if (!has(name)) {
            return Optional.empty();
        }
        String text = text(name, 0, max);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A yes or no: {@code true}, {@code "true"}, {@code 1} and so on; false when it is absent or null. */
    public boolean flag(String name) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            return false;
        }
        String text = node.isBoolean() ? Boolean.toString(node.booleanValue()) : JsonScalars.shortText(node);
        return switch (text == null ? "" : text.strip()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Refusal.badField(named(name), "应为 true 或 false");
        };
    }

    /** As {@link #flag}, and the field has to be there. */
    public boolean requiredFlag(String name) {
        if (!has(name)) {
            throw Refusal.missingField(named(name));
        }
        return flag(name);
    }

    /** The id of a row, from 1. */
    public long id(String name) {
        String text = number(name, "应为正整数");
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
            throw Refusal.badField(named(name), "应为正整数");
        }
        return Long.parseLong(text);
    }

    /**
     * Every field as text, by name. A field that is neither text nor number, one too long, or too many are answered 400
     * as a form is that cannot be read: the names are the client's, and no error repeats them.
     */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String text = JsonScalars.text(field.getValue());
            if (texts.size() == RawLength.FORM_FIELDS || field.getKey().length() > RawLength.SHORT) {
                throw RequestFailure.malformed("参数过多或名称过长");
            }
            if (text == null || text.length() > RawLength.FORM_FIELD || !JsonScalars.storable(text)) {
                throw RequestFailure.malformed("参数应为文本或数字，且不能过长");
            }
            texts.put(field.getKey(), text);
        }
        return texts;
    }

    /** A number as text, without blanks around it. */
    private String number(String name, String wrong) {
        return required(name, RawLength.SHORT, wrong).strip();
    }

    private String required(String name, int longest, String tooLong) {
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            throw Refusal.missingField(named(name));
        }
        String text = JsonScalars.text(node);
        if (text == null) {
            throw Refusal.badField(named(name), "应为文本或数字");
        }
        if (text.length() > longest) {
            throw Refusal.badField(named(name), tooLong);
        }
        if (!JsonScalars.storable(text)) {
            throw Refusal.badField(named(name), "含有不允许的字符");
        }
        return text;
    }
}
