package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A mobile number as people paste it, on every way in, by the table that the web app is tested with too. */
@Tag("slow")
class MobileTest {
    @Test
    void everyWayInReadsItAlike() throws IOException, Json.MalformedJson {
        try (TestServer server = TestServer.start()) {
            for (Map.Entry<String, @Nullable String> each : table().entrySet()) {
                String typed = each.getKey();
                String is = each.getValue();
                server.forgetLimits();
                String id = UUID.randomUUID().toString();
                ApiClient client = server.client();
                String encoded =
                        URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
                if (is == null) {
                    if (!encoded.isEmpty() && !typed.contains("/")) {
                        client.get("/smscode/" + encoded + "?text=abcd&id=" + id)
                                .expectBadField("mobile", "手机号格式错误");
                    }
                    for (String path : new String[] {"/users", "/sessions"}) {
                        client.post(path, body(typed, "123456")).expectBadField("mobile", "手机号格式错误");
                    }
                    client.put("/users/password", body(typed, "123456")).expectBadField("mobile", "手机号格式错误");
                    continue;
                }
                client.get("/smscode/" + encoded + "?text=" + server.captcha(client, id) + "&id=" + id)
                        .expect("0");
                String code = server.lastCode(is);
                Reply registered = client.post("/users", body(typed, code));
                if (!registered.errno().equals("4001")) {
                    assertThat(registered.expect("0").data().path("mobile").asString())
                            .as(typed)
                            .isEqualTo(is);
                }
                client.post("/sessions", body(typed, code)).expect("0");
                server.forgetLimits();
                String again = server.smsCode(server.client(), is);
                client.put("/users/password", body(typed, again)).expect("0");
            }
            assertThat(server.rows("account")).isEqualTo(1);
        }
    }

    private static String body(String mobile, String code) {
        return Json.text(Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD));
    }

    private static Map<String, @Nullable String> table() throws IOException, Json.MalformedJson {
        try (InputStream in = MobileTest.class.getResourceAsStream("/ihome/mobiles.json")) {
            Map<String, @Nullable String> table = new LinkedHashMap<>();
            for (JsonNode each : Json.parse(Objects.requireNonNull(in).readAllBytes())) {
                JsonNode is = each.path("is");
                table.put(each.path("typed").asString(), is.isNull() ? null : is.asString());
            }
            return table;
        }
    }
}
