package ihome.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people call the parameters of the API, in Chinese; {@code field-labels.properties} beside this class. */
final class FieldLabels {
    private static final Properties LABELS = read();
    /** The server's own paths: an index is of a list whose size was looked at. */
    private static final Pattern ENTRY = Pattern.compile("[a-z_.]+\\[(?<index>[0-9]{1,6})](\\.(?<inner>.+))?");

    private FieldLabels() {}

    /**
     * The label of a parameter; {@code 参数} of one that has none. A field of an inner object ({@code guests.adults}) has the
     * label of its whole path, or else that of its last name; of a list it is said in which entry the field is, counted
     * from 1 as people do.
     */
    static String of(String field) {
        Matcher entry = ENTRY.matcher(field);
        if (!entry.matches()) {
            String last = field.substring(field.lastIndexOf('.') + 1);
            return LABELS.getProperty(field, LABELS.getProperty(last, "参数"));
        }
        String which = "第 " + (Integer.parseInt(entry.group("index")) + 1) + " 项";
        String inner = entry.group("inner");
        return inner == null ? which : which + "的" + of(inner);
    }

    private static Properties read() {
        Properties labels = new Properties();
        try (InputStream in = FieldLabels.class.getResourceAsStream("field-labels.properties")) {
            if (in == null) {
                throw new IllegalStateException("field-labels.properties is missing from the program");
            }
            labels.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("field-labels.properties cannot be read", e);
        }
        return labels;
    }
}
