package ihome.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** People of a server whose real name is verified: all have the same. */
public final class VerifiedPeople {
    public static final String NAME = "王轮换";
    public static final String NUMBER = "11010519491231002X";

    private final TestServer server;
    private final List<String> sessions = new ArrayList<>();

    public VerifiedPeople(TestServer server) {
        this.server = server;
    }

    public void add(ApiClient client) {
        client.post("/user/auth", Json.text(Map.of("real_name", NAME, "id_card", NUMBER)))
                .expect("0");
        sessions.add(String.valueOf(client.session()));
    }

    public int count() {
        return sessions.size();
    }

    public void everybodyReadsTheirOwn() {
        for (String session : sessions) {
            assertThat(server.client()
                            .session(session)
                            .get("/user/auth")
                            .expect("0")
                            .data()
                            .path("real_name")
                            .asString())
                    .isEqualTo(NAME);
        }
    }
}
