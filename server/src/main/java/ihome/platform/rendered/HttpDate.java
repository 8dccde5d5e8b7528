package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The present second as {@code Date} has it (RFC 9110, 5.6.7), written once a second. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static volatile Second last = new Second(0);

    private static final class Second {
        final long number;
        final byte[] text;

        Second(long number) {
            this.number = number;
            this.text = FORMAT.format(Instant.ofEpochSecond(number)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private HttpDate() {}

    /** Shared; not to be changed. */
    static byte[] now() {
        long number = System.currentTimeMillis() / 1000;
        Second second = last;
        if (second.number != number) {
            second = new Second(number);
            last = second;
        }
        return second.text;
    }
}
