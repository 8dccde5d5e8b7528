package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ihome.platform.work.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Any bytes as an upload, the first line being its Content-Type: a file of no more bytes than were sent, or a refusal. */
public final class MultipartFuzz {
    private MultipartFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') {
            line++;
        }
        String type = new String(input, 0, line, ISO_8859_1);
        int from = Math.min(input.length, line + 1);
        try (RequestBody body = RequestBody.read(
                new ByteArrayInputStream(input, from, input.length - from),
                OptionalLong.empty(),
                1 << 20,
                Duration.ofSeconds(10),
                new MemoryBudget(1 << 30).open("fuzz"))) {
            byte[] file = Multipart.file(body, type, "avatar");
            if (file.length > input.length) {
                throw new IllegalStateException("a file of more than was sent");
            }
        } catch (RequestFailure refused) {
            // 400 or 413.
        } catch (IOException e) {
            throw new UncheckedIOException("would be a 500", e);
        }
    }

    public static List<byte[]> seeds() {
        String type = "multipart/form-data; boundary=x\n";
        String part = "--x\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a.jpg\"\r\n";
        return Stream.of(
                        type + part + "Content-Type: image/jpeg\r\n\r\nbytes\r\n--x--\r\n",
                        type + part.replace("avatar", "other") + "\r\n1\r\n" + part + "\r\n2\r\n--x--\r\n",
                        "multipart/form-data; boundary=\"a b\"\n--a b\r\n\r\n--a b--",
                        type + "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nz\r\n--y--\r\n--x--",
                        // Parts within a part that has no boundary at all: was a 500 too.
                        type + "--x\r\nContent-Type: multipart/mixed\r\n\r\nz\r\n--x--",
                        // Parts within a part, whose boundary is longer: was a 500.
                        type + "--x\r\nContent-Type: multipart/mixed; boundary=" + "y".repeat(40) + "\r\n\r\nz\r\n",
                        "multipart/form-data\n--x--",
                        type + "--x--\r\n")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }
}
