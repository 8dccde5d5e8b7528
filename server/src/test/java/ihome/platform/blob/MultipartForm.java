package ihome.platform.blob;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form as a server does: fields by name, each its bytes. */
final class MultipartForm {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition: form-data; name=\"([^\"]*)\"");

    private MultipartForm() {}

    static Map<String, byte[]> parse(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.matches()) {
            throw new AssertionError("no form: " + contentType);
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String mark = "\r\n--" + boundary.group(1);
        Map<String, byte[]> fields = new HashMap<>();
        int at = text.indexOf(mark.substring(2)) + mark.length() - 2;
        while (text.startsWith("\r\n", at)) {
            int end = text.indexOf(mark, at);
            int data = text.indexOf("\r\n\r\n", at) + 4;
            Matcher name = NAME.matcher(text.substring(at, data));
            if (end < 0 || !name.find()) {
                throw new AssertionError("malformed form");
            }
            fields.put(name.group(1), text.substring(data, end).getBytes(StandardCharsets.ISO_8859_1));
            at = end + mark.length();
        }
        return fields;
    }
}
