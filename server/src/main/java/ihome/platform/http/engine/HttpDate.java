package ihome.platform.http.engine;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The present second as {@code Date} has it (RFC 9110, 5.6.7), formatted once a second. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static volatile Second last = new Second(0);

    private static final class Second {
        final long number;
        final AsciiString text;

        Second(long number) {
            this.number = number;
            this.text = AsciiString.of(FORMAT.format(Instant.ofEpochSecond(number)));
        }
    }

    private HttpDate() {}

    static AsciiString now() {
        long number = System.currentTimeMillis() / 1000;
        Second second = last;
        if (second.number != number) {
            second = new Second(number);
            last = second;
        }
        return second.text;
    }
}
