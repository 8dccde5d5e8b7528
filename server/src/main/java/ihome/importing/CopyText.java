package ihome.importing;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {
    private final StringBuilder text = new StringBuilder();
    private boolean rowBegun;

    CopyText value(@Nullable Object value) {
        if (rowBegun) {
            text.append('\t');
        }
        rowBegun = true;
        if (value == null) {
            text.append("\\N");
        } else {
            escape(value.toString());
        }
        return this;
    }

    /** An array of values that hold no quotes, commas or braces. */
    CopyText array(Collection<?> values) {
        return value(values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    void endRow() {
        text.append('\n');
        rowBegun = false;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
