package ihome.platform.http;

import ihome.platform.text.RawLength;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A body as HTML forms send it ({@code application/x-www-form-urlencoded} of the URL standard), read strictly: a field that
 * is there twice, more fields than {@link RawLength#FORM_FIELDS} and longer ones than {@link RawLength#FORM_FIELD} are
 * malformed.
 */
final class FormBody {
    private FormBody() {}

    static Map<String, String> parse(byte[] body) {
        Map<String, String> fields = new LinkedHashMap<>();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.length() > RawLength.SHORT
                    || value.length() > RawLength.FORM_FIELD
                    || fields.size() == RawLength.FORM_FIELDS
                    || fields.put(name, value) != null) {
                throw malformed();
            }
        }
        return fields;
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.write(c == '+' ? ' ' : c);
                continue;
            }
            if (i + 2 >= text.length()) {
                throw malformed();
            }
            int high = Character.digit(text.charAt(++i), 16);
            int low = Character.digit(text.charAt(++i), 16);
            if (high < 0 || low < 0) {
                throw malformed();
            }
            bytes.write(high << 4 | low);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static RequestFailure malformed() {
        return RequestFailure.malformed("请求体不是合法的表单");
    }
}
