package ihome.testing;

import ihome.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A site with {@code --dev} in a process of its own: what captcha and SMS say is in its outbox file. */
public record SiteInDev(URI url, Path data) {
    public ApiClient client() {
        return new ApiClient(url);
    }

    /** Registers as people do. */
    public ApiClient registered(String mobile) throws IOException {
        ApiClient client = client();
        String id = UUID.randomUUID().toString();
        client.get("/imagecode/" + id).expectStatus(200);
        client.get("/smscode/" + mobile + "?text=" + outbox("id", id, "text") + "&id=" + id)
                .expect("0");
        String code = outbox("mobile", mobile, "code");
        client.post("/users", Json.text(Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD)))
                .expect("0");
        return client;
    }

    /** Of the newest line about something. Every line has to be one whole document. */
    private String outbox(String field, String value, String wanted) throws IOException {
        String found = "";
        for (String line : Files.readAllLines(data.resolve("outbox.jsonl"))) {
            try {
                JsonNode node = Json.parse(line);
                found = node.path(field).asString("").equals(value)
                        ? node.path(wanted).asString("")
                        : found;
            } catch (Json.MalformedJson e) {
                throw new AssertionError("half a line: " + line, e);
            }
        }
        return found;
    }
}
