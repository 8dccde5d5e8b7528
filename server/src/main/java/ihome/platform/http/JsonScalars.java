package ihome.platform.http;

import ihome.platform.text.RawLength;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON strings and numbers as texts. */
final class JsonScalars {
    private JsonScalars() {}

    /** As {@link #text}; null also when it is long. */
    static @Nullable String shortText(JsonNode node) {
        String text = text(node);
        return text == null || text.length() > RawLength.SHORT ? null : text;
    }

    /** Text of a string, or of a number in plain notation; null when the node is neither, or has an absurd exponent. */
    static @Nullable String text(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return Math.abs((long) number.scale()) > 40 ? null : plain(number);
        }
        return null;
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
    }

    /** No control characters but line breaks and tabs, and no half surrogate pairs: PostgreSQL stores neither. */
    static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7f) {
                return false;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
