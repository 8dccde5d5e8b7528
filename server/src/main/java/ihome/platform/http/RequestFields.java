package ihome.platform.http;

import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.text.RawLength;
import ihome.platform.text.TextRule;
import ihome.platform.time.SiteTime;
import java.math.BigDecimal;
import java.time.LocalDate;
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
     * The objects of an array. Its size is looked at before any of them.
     *
     * @param name what refusals call the list
     */
    static List<RequestFields> listOf(JsonNode list, String name, int maxSize) {
        List<RequestFields> objects = new ArrayList<>();
        for (JsonNode element : array(list, name, maxSize)) {
            String one = name + "[" + objects.size() + "]";
            if (!element.isObject()) {
                throw BusinessException.badField(one, "应为一组字段");
            }
            objects.add(new RequestFields(element, one + "."));
        }
        return objects;
    }

    private static JsonNode array(JsonNode node, String name, int maxSize) {
        if (!node.isArray() || node.size() > maxSize) {
            throw BusinessException.badField(name, "应为最多 " + maxSize + " 项的列表");
        }
        return node;
    }

    /** What a refusal calls a field: with the names of the objects that it is in. */
    private String named(String name) {
        return prefix + name;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return object.hasNonNull(name);
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
        return NumberText.integer(named(name), number(name, NumberText.INTEGER), min, max);
    }

    /** A day of the calendar, {@code YYYY-MM-DD}. */
    public LocalDate date(String name) {
        return SiteTime.parseDate(text(name, 1, 32)).orElseThrow(() -> wrong(name, "应为 YYYY-MM-DD"));
    }

    /** The refusal of a field for a reason that this class does not know, such as another field. */
    public BusinessException wrong(String name, String why) {
        return BusinessException.badField(named(name), why);
    }

    /** An amount in whole fen, from 0 to fifteen digits. */
    public Money fen(String name) {
        return NumberText.fen(named(name), number(name, NumberText.FEN));
    }

    /** An amount in yuan with at most two decimals, within bounds, both included. */
    public Money yuan(String name, Money min, Money max) {
        return NumberText.yuan(named(name), number(name, NumberText.YUAN), min, max);
    }

    /** A number in plain notation with at most so many decimals, within bounds, both included. */
    public BigDecimal decimal(String name, BigDecimal min, BigDecimal max, int decimals) {
        return NumberText.decimal(named(name), number(name, NumberText.decimals(decimals)), min, max, decimals);
    }

    /** A list of ids of rows, from 1; any other element is refused. */
    public List<Long> ids(String name, int maxSize) {
        requirePresent(name);
        return scalars(name, maxSize).stream()
                .map(text -> NumberText.id(named(name), text, "应为正整数的列表"))
                .toList();
    }

    /** A list of whole numbers; empty when the field is absent or null. Elements that are no int are left out. */
    public List<Integer> integers(String name, int maxSize) {
        return scalars(name, maxSize).stream()
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .toList();
    }

    /** The elements of a list without blanks around them; those that are no short texts or numbers are empty. */
    private List<String> scalars(String name, int maxSize) {
        if (!has(name)) {
            return List.of();
        }
        return array(object.get(name), named(name), maxSize)
                .valueStream()
                .map(JsonScalars::shortText)
                .map(text -> text == null ? "" : text.strip())
                .toList();
    }

    /** The fields of an object; empty when it is absent or null. */
    public Optional<RequestFields> object(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode node = object.get(name);
        if (!node.isObject()) {
            throw BusinessException.badField(named(name), "应为一组字段");
        }
        return Optional.of(new RequestFields(node, named(name) + "."));
    }

    /** The objects of a list that has to be there. */
    public List<RequestFields> objects(String name, int maxSize) {
        requirePresent(name);
        return listOf(object.get(name), named(name), maxSize);
    }

    /** Text of a field that may be missing; empty when it is absent, null or blank. */
    public Optional<String> optionalText(String name, int max) {
        return has(name) ? Optional.of(text(name, 0, max)).filter(text -> !text.isEmpty()) : Optional.empty();
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
            default -> throw BusinessException.badField(named(name), "应为 true 或 false");
        };
    }

    /** As {@link #flag}, and the field has to be there. */
    public boolean requiredFlag(String name) {
        requirePresent(name);
        return flag(name);
    }

    private void requirePresent(String name) {
        if (!has(name)) {
            throw BusinessException.missingField(named(name));
        }
    }

    /** The id of a row, from 1. */
    public long id(String name) {
        return NumberText.id(named(name), number(name, NumberText.ID), NumberText.ID);
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
        requirePresent(name);
        String text = JsonScalars.text(object.get(name));
        if (text == null) {
            throw BusinessException.badField(named(name), "应为文本或数字");
        }
        if (text.length() > longest) {
            throw BusinessException.badField(named(name), tooLong);
        }
        if (!JsonScalars.storable(text)) {
            throw BusinessException.badField(named(name), "含有不允许的字符");
        }
        return text;
    }
}
