package ihome.platform.remote;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a service answered. The bytes belong to the caller. */
public final class RemoteAnswer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    RemoteAnswer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** A header's first value, or the empty string. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public byte[] body() {
        return body;
    }

    /** The body read as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
