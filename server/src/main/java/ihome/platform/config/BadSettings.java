package ihome.platform.config;

import java.util.List;

/** The options cannot be used; the message names every mistake, a line each. */
public final class BadSettings extends RuntimeException {
    BadSettings(List<String> mistakes) {
        super(String.join("\n", mistakes), null, false, false);
    }
}
