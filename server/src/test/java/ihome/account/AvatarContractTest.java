package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Endpoint 6. */
class AvatarContractTest {
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
    void aPictureBecomesTheAvatarAndTheOldOneGoes() throws IOException {
        ApiClient client = server.registered();
        long before = server.storedFiles();
        Reply reply =
                client.upload("/user/avatar", "avatar", picture(Color.ORANGE)).expect("0", "OK");
        assertThat(reply.data().propertyNames()).containsExactly("avatar_url");
        String url = reply.data().path("avatar_url").asString();
        assertThat(url).startsWith("http://localhost:" + server.uri().getPort() + "/media/");
        assertThat(client.get("/user").data().path("avatar").asString()).isEqualTo(url);
        Reply picture = server.client().get("/" + path(url)).expectStatus(200);
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth())
                .isEqualTo(256);
        assertThat(server.storedFiles()).isEqualTo(before + 1);

        String second = client.upload("/user/avatar", "avatar", picture(Color.BLUE))
                .expect("0")
                .data()
                .path("avatar_url")
                .asString();
        assertThat(second).isNotEqualTo(url);
        Await.until(
                "the old picture's file is removed",
                () -> server.storedFiles(),
                now -> now == before + 1); // The old one is removed.
        server.client().get("/" + path(url)).expectStatus(404);
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/media/"));
    }

    @Test
    void whatIsNoImageIsRefused() {
        ApiClient client = server.registered();
        long before = server.storedFiles();
        for (byte[] bytes : new byte[][] {
            "not a picture".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0},
            "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)
        }) {
            Reply reply = client.upload("/user/avatar", "avatar", bytes).expect("4103");
            reply.expectBadField("avatar");
        }
        assertThat(server.storedFiles()).isEqualTo(before);
        assertThat(client.get("/user").data().path("avatar").asString()).isEmpty();
    }

    @Test
    void anotherFieldIsNotTheAvatar() throws IOException {
        ApiClient client = server.registered();
        Reply reply =
                client.upload("/user/avatar", "picture", picture(Color.RED)).expect("4103");
        reply.expectBadField("avatar");
    }

    @Test
    void anotherMediaTypeAndBrokenMultipartAreRequestFailures() {
        ApiClient client = server.registered();
        client.post("/user/avatar", "{}").expectStatus(415);
        client.send("POST", "/user/avatar", "multipart/form-data", BodyPublishers.ofString("x"))
                .expectStatus(400);
        client.send("POST", "/user/avatar", "multipart/form-data; boundary=b", BodyPublishers.ofString("--b\r\nCont"))
                .expectStatus(400);
    }

    @Test
    void aFailingPictureStoreIsThirderrAndLeavesNothing() throws IOException {
        ApiClient client = server.registered();
        String old = client.upload("/user/avatar", "avatar", picture(Color.GREEN))
                .expect("0")
                .data()
                .path("avatar_url")
                .asString();
        long before = server.storedFiles();
        byte[] picture = picture(Color.RED);
        server.pictures()
                .without(() -> client.upload("/user/avatar", "avatar", picture).expect("4301", "上传七牛云失败"));
        assertThat(server.storedFiles()).isEqualTo(before);
        assertThat(client.get("/user").data().path("avatar").asString()).isEqualTo(old);
    }

    @Test
    void aBrokenDatabaseIsDberrAndLeavesNoFile() throws IOException {
        ApiClient client = server.registered();
        long before = server.storedFiles();
        byte[] picture = picture(Color.PINK);
        server.refusing(
                "update",
                "account",
                () -> client.upload("/user/avatar", "avatar", picture).expect("4001", "数据库错误"));
        assertThat(server.storedFiles()).isEqualTo(before);
        assertThat(client.get("/user").data().path("avatar").asString()).isEmpty();
    }

    @Test
    void aUserWhoIsGoneIsNodataAndLeavesNoFile() throws IOException {
        ApiClient client = server.registered();
        long before = server.storedFiles();
        server.sql("delete from account where id = "
                + client.get("/user").data().path("user_id").asLong());
        client.upload("/user/avatar", "avatar", picture(Color.CYAN)).expect("4002", "无效操作");
        assertThat(server.storedFiles()).isEqualTo(before);
    }

    private static byte[] picture(Color color) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 320, 480);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
