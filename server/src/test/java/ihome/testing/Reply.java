package ihome.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** An answer as a client saw it. */
public final class Reply {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Reply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A header's first value, or the empty string. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public JsonNode json() {
        try {
            return Json.parse(body);
        } catch (Json.MalformedJson e) {
            throw new AssertionError("not JSON: " + text(), e);
        }
    }

    /** The errno as text, whether it came as a string or as the bare number 0. */
    public String errno() {
        return json().path("errno").asString();
    }

    public String message() {
        return json().path("errmsg").asString();
    }

    public JsonNode data() {
        return json().path("data");
    }

    /** HTTP 200 with this errno; the text shows in the failure. */
    public Reply expect(String errno) {
        assertThat(status).as(text()).isEqualTo(200);
        assertThat(errno()).as(text()).isEqualTo(errno);
        return this;
    }

    public Reply expect(String errno, String message) {
        expect(errno);
        assertThat(message()).isEqualTo(message);
        return this;
    }

    /** PARAMERR about this parameter. */
    public Reply expectBadField(String field) {
        expect("4103");
        assertThat(data().path("field").asString()).as(text()).isEqualTo(field);
        return this;
    }

    /** PARAMERR about this parameter, in these words. */
    public Reply expectBadField(String field, String message) {
        expectBadField(field);
        assertThat(message()).isEqualTo(message);
        return this;
    }

    public Reply expectStatus(int expected) {
        assertThat(status).as(text()).isEqualTo(expected);
        return this;
    }
}
