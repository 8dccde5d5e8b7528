package ihome.identity;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints 8 and 9: real name and identity number. */
class IdentityContractTest {
    /** The example of GB 11643-1999. */
    private static final String NUMBER = "11010519491231002X";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isNullUntilVerifiedAndMaskedAfter() {
        ApiClient client = server.registered();
        long id = id(client);
        assertThat(client.get("/user/auth").expect("0", "OK").data().toString())
                .isEqualTo("{\"user_id\":" + id + ",\"real_name\":null,\"id_card\":null}");
        Reply reply = verify(client, " 张晓明 ", NUMBER).expect("0", "OK");
        assertThat(reply.json().has("data")).isFalse();
        assertThat(client.get("/user/auth").expect("0", "OK").data().toString())
                .isEqualTo("{\"user_id\":" + id + ",\"real_name\":\"张晓明\",\"id_card\":\"110***********002X\"}");
    }

    @Test
    void aSmallXIsAnX() {
        ApiClient client = server.registered();
        verify(client, "李小龙", "11010519491231002x").expect("0");
        assertThat(client.get("/user/auth").data().path("id_card").asString()).isEqualTo("110***********002X");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                real_name | {"id_card":"11010519491231002X"}
                real_name | {"real_name":null,"id_card":"11010519491231002X"}
                real_name | {"real_name":"","id_card":"11010519491231002X"}
                real_name | {"real_name":"张","id_card":"11010519491231002X"}
                real_name | {"real_name":["张晓明"],"id_card":"11010519491231002X"}
                real_name | {"real_name":"张\\n明","id_card":"11010519491231002X"}
                id_card   | {"real_name":"张晓明"}
                id_card   | {"real_name":"张晓明","id_card":null}
                id_card   | {"real_name":"张晓明","id_card":""}
                id_card   | {"real_name":"张晓明","id_card":"110105491231002"}
                id_card   | {"real_name":"张晓明","id_card":"110105194912310021"}
                id_card   | {"real_name":"张晓明","id_card":"11010519491231002XX"}
                id_card   | {"real_name":"张晓明","id_card":"1101051949123100２X"}
                id_card   | {"real_name":"张晓明","id_card":{}}
                """)
    void aMalformedFieldIsRefusedAndNothingIsStored(String field, String body) {
        ApiClient client = server.registered();
        Reply reply = client.post("/user/auth", body).expect("4103");
        reply.expectBadField(field);
        assertThat(reply.message()).doesNotContain("1949");
        assertThat(client.get("/user/auth").data().path("real_name").isNull()).isTrue();
        assertThat(server.rows("account where verified_at is null and id = " + id(client)))
                .isEqualTo(1);
    }

    @Test
    void onceIsEnough() {
        ApiClient client = server.registered();
        verify(client, "张晓明", NUMBER).expect("0");
        verify(client, "王大力", "440524188001010014").expect("4003", "已完成实名认证");
        assertThat(client.get("/user/auth").data().path("real_name").asString()).isEqualTo("张晓明");
    }

    @Test
    void ofTwentyAtOnceOneIsSaved() {
        ApiClient client = server.registered();
        List<Reply> replies = AtOnce.run(20, i -> verify(client, "张晓明" + (char) ('一' + i), NUMBER));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
        assertThat(AtOnce.count(replies, "4003")).isEqualTo(19);
        int winner = replies.indexOf(replies.stream()
                .filter(reply -> reply.errno().equals("0"))
                .findFirst()
                .orElseThrow());
        assertThat(client.get("/user/auth").data().path("real_name").asString())
                .isEqualTo("张晓明" + (char) ('一' + winner));
    }

    @Test
    void whatCannotBeSavedIsDberr() {
        ApiClient client = server.registered();
        server.refusing("update", "account", () -> verify(client, "张晓明", NUMBER).expect("4001", "保存用户实名信息失败"));
        assertThat(client.get("/user/auth").data().path("id_card").isNull()).isTrue();
        server.without("account", () -> client.get("/user/auth").expect("4001", "数据库错误"));
    }

    @Test
    void aUserWhoIsGoneIsNodata() {
        ApiClient client = server.registered();
        server.sql("delete from account where id = " + id(client));
        verify(client, "张晓明", NUMBER).expect("4002", "无效操作");
        client.get("/user/auth").expect("4002", "无效操作");
    }

    @Test
    void theDatabaseHoldsNeitherNumberNorName() {
        ApiClient client = server.registered();
        verify(client, "欧阳晓明", "440524188001010014").expect("0");
        String row = server.text("select encode(convert_to(a::text, 'UTF8'), 'hex') || ' ' || encode(real_name, 'hex') "
                + "|| ' ' || encode(id_card, 'hex') || ' ' || real_name::text || ' ' || id_card::text "
                + "from account a where id = " + id(client));
        assertThat(row).contains(hex("住客")).hasSizeGreaterThan(200);
        for (String part : List.of("欧阳", "晓明", "440524188001010014", "18800101", "1010014")) {
            assertThat(row).doesNotContain(hex(part)).doesNotContain(hex(hex(part)));
        }
        // Of two who have the same number nobody sees that it is the same.
        ApiClient second = server.registered();
        verify(second, "欧阳晓明", "440524188001010014").expect("0");
        assertThat(server.number("select count(distinct id_card) from account where id in (" + id(client) + ", "
                        + id(second) + ")"))
                .isEqualTo(2);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long id(ApiClient client) {
        return client.get("/user").data().path("user_id").asLong();
    }

    private static Reply verify(ApiClient client, String realName, String idCard) {
        return client.post("/user/auth", Json.text(Map.of("real_name", realName, "id_card", idCard)));
    }
}
