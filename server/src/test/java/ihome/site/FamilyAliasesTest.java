package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.Access;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What existing clients ask under other names gets what the contract's own names get, behind the same guards. */
class FamilyAliasesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A client that knows the other names alone, from captcha to a house with its picture. */
    @Test
    void aClientOfTheOtherNamesGetsAllTheWay() {
        String mobile = TestServer.newMobile();
        ApiClient client = server.client();
        String id = UUID.randomUUID().toString();
        client.get("/image_codes/" + id).expectStatus(200);
        String text = server.outbox("captcha").stream()
                .filter(line -> line.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .path("text")
                .asString();
        client.get("/sms_codes/" + mobile + "?image_code=" + text + "&image_code_id=" + id)
                .expect("0", "发送成功");
        client.post(
                        "/users",
                        Json.text(Map.of(
                                "mobile",
                                mobile,
                                "sms_code",
                                server.lastCode(mobile),
                                "password",
                                TestServer.PASSWORD)))
                .expect("0");
        client.put("/users/name", "{\"name\": \"槐树下的猫\"}").expect("0");
        client.get("/users/auth").expect("0");
        client.post("/users/auth", "{\"real_name\": \"张晓明\", \"id_card\": \"11010519491231002X\"}")
                .expect("0");
        assertThat(client.get("/users/auth").data())
                .isEqualTo(client.get("/user/auth").data());
        client.upload("/users/avatar", "avatar", SamplePicture.jpeg()).expect("0");
        long house = client.post("/houses/info", SampleHouse.house().json())
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
        JsonNode added = client.upload(
                        "/houses/image", "house_image", SamplePicture.jpeg(), Map.of("house_id", Long.toString(house)))
                .expect("0")
                .data();
        assertThat(added.path("image_url").asString()).startsWith("http");
        assertThat(client.get("/houses/" + house)
                        .data()
                        .path("house")
                        .path("img_urls")
                        .path(0)
                        .asString())
                .isEqualTo(added.path("image_url").asString());
        assertThat(client.get("/house/index").text())
                .isEqualTo(client.get("/houses/index").text())
                .contains("\"house_id\":" + house);
        JsonNode user = client.get("/user").data();
        assertThat(user.path("avatar_url").asString())
                .startsWith("http")
                .isEqualTo(user.path("avatar").asString());
    }

    @Test
    void refusalsNameTheParametersAsTheClientDoes() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        client.get("/sms_codes/" + mobile + "?image_code_id=" + UUID.randomUUID())
                .expectBadField("image_code", "请填写图片验证码");
        client.get("/sms_codes/" + mobile + "?image_code=abcd&image_code_id=x").expectBadField("image_code_id");
        client.get("/sms_codes/12345?image_code=abcd&image_code_id=" + UUID.randomUUID())
                .expectBadField("mobile");
        ApiClient host = server.registered();
        host.upload("/houses/image", "house_image", SamplePicture.jpeg()).expectBadField("house_id");
        host.upload("/houses/image", "house_image", SamplePicture.jpeg(), Map.of("house_id", "9".repeat(1_000)))
                .expectBadField("house_id");
        host.upload("/houses/image", "house_image", SamplePicture.jpeg(), Map.of("house_id", "999999"))
                .expect("4002");
    }

    /** Somebody else's house is not for this way in either, whether the house stands before the file or after it. */
    @Test
    void onlyTheOwnerAddsPictures() {
        long house = SampleHouse.house().publish(server.registered());
        ApiClient other = server.registered();
        other.upload("/houses/image", "house_image", SamplePicture.jpeg(), Map.of("house_id", Long.toString(house)))
                .expect("4105");
        String before = "--x\r\nContent-Disposition: form-data; name=\"house_id\"\r\n\r\n" + house
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"house_image\"; filename=\"a.jpg\"\r\n\r\nx\r\n--x--\r\n";
        other.send(
                        "POST",
                        "/houses/image",
                        "multipart/form-data; boundary=x",
                        BodyPublishers.ofByteArray(before.getBytes(StandardCharsets.UTF_8)))
                .expect("4105");
        assertThat(server.number("select count(*) from house_image where house_id = " + house))
                .isZero();
    }

    /** Protection: an alias is made of its route; made by hand it would have guards of its own. */
    @Test
    void eachHasTheGuardsOfWhatItStandsFor() {
        Map<String, Route> routes = server.routes().stream()
                .collect(Collectors.toMap(route -> route.method() + " " + route.path(), route -> route));
        Map<String, String> aliases = Map.of(
                "GET /house/index", "GET /houses/index",
                "GET /image_codes/{image_code_id}", "GET /imagecode/{image_code_id}",
                "GET /sms_codes/{mobile}", "GET /smscode/{mobile}",
                "POST /users/avatar", "POST /user/avatar",
                "PUT /users/name", "PUT /user/name",
                "POST /users/auth", "POST /user/auth",
                "GET /users/auth", "GET /user/auth",
                "POST /houses/info", "POST /houses",
                "POST /houses/image", "POST /houses/{house_id}/images");
        aliases.forEach((alias, name) -> {
            Route one = Objects.requireNonNull(routes.get(alias.replace(" /", " /api/v1.0/")), alias);
            Route other = Objects.requireNonNull(routes.get(name.replace(" /", " /api/v1.0/")), name);
            assertThat(List.<Object>of(
                            one.access(), one.body(), one.databaseMessage(), one.isCpuBound(), one.isUnsafe()))
                    .as(alias)
                    .isEqualTo(List.of(
                            other.access(),
                            other.body(),
                            other.databaseMessage(),
                            other.isCpuBound(),
                            other.isUnsafe()));
        });
        assertThat(routes.get("POST /api/v1.0/houses/image"))
                .extracting(Route::access)
                .isEqualTo(Access.LOGIN);
        server.client()
                .with("Sec-Fetch-Site", "cross-site")
                .get("/sms_codes/" + TestServer.newMobile() + "?image_code=abcd&image_code_id=" + UUID.randomUUID())
                .expectStatus(403);
    }
}
