package ihome.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What people call the parameters of the API, in Chinese; {@code field-labels.properties} beside this class. */
final class FieldLabels {
    private static final Properties LABELS = read();

    private FieldLabels() {}

    /** The label of a parameter; {@code 参数} of one that has none. */
    static String of(String field) {
        return LABELS.getProperty(field, "参数");
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
