package ihome.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Any bytes as a form: fields that say the same when they are sent again, or a refusal. */
public final class FormBodyFuzz {
    private FormBodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        Map<String, String> fields;
        try {
            fields = FormBody.parse(body);
        } catch (RequestFailure refused) {
            return;
        }
        StringBuilder again = new StringBuilder();
        fields.forEach((name, value) -> again.append(again.isEmpty() ? "" : "&")
                .append(java.net.URLEncoder.encode(name, UTF_8))
                .append('=')
                .append(java.net.URLEncoder.encode(value, UTF_8)));
        if (!FormBody.parse(again.toString().getBytes(UTF_8)).equals(fields)) {
            throw new IllegalStateException("read otherwise the second time");
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of("a=1&b=%E4%BD%A0+x&c", "sign=a%2Bb%3D&total_amount=1.00", "%=&&=%zz", "a=1&a=2", "%ff=%00")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
