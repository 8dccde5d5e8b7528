package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.AppConfig;
import ihome.photo.PictureCopy;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.blob.QiniuService;
import ihome.platform.blob.S3Service;
import ihome.platform.config.Settings;
import ihome.platform.sms.CloopenService;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server on other people's services: what clients see when those refuse, hang or are slow. */
@Tag("slow")
class RemoteServicesTest {

    private static Map<String, String> with(Map<String, String> first, String name, String value) {
        Map<String, String> all = new HashMap<>(first);
        all.put(name, value);
        return all;
    }

    private static long house(ApiClient host) {
        return host.post("/houses", """
                        {"title": "鼓楼旁的四合院", "price": "388.00", "address": "鼓楼东大街", "area_id": 1, "room_count": "2",
                         "acreage": 60, "unit": "两室一厅", "capacity": 4, "beds": "双人床2张", "deposit": "500",
                         "min_days": 1, "max_days": 0}""").expect("0").data().path("house_id").asLong();
    }

    private static int rows(TestServer server) {
        return server.database()
                .withConnection(handle -> handle.createQuery(
                                "select (select count(*) from house_image) + (select count(avatar) from account)")
                        .mapTo(int.class)
                        .one());
    }

    @Test
    void picturesGoToQiniuAndAreShownFromItsDomain() throws IOException {
        try (QiniuService qiniu = new QiniuService();
                TestServer server = TestServer.start(qiniu.environment())) {
            ApiClient host = server.registered();
            String url = host.upload("/user/avatar", "avatar", picture())
                    .expect("0")
                    .data()
                    .path("avatar_url")
                    .asString();
            assertThat(url).startsWith(qiniu.uri() + "/a/");
            String key = url.substring(qiniu.uri().toString().length() + 1);
            assertThat(qiniu.files()).containsOnlyKeys(key);
            Reply moved = server.client().get("//media/" + key);
            assertThat(moved.status()).isEqualTo(302);
            assertThat(moved.header("Location")).isEqualTo(url);
            assertThat(server.client().get("//media/no-picture").status()).isEqualTo(404);

            host.upload("/houses/" + house(host) + "/images", "house_image", picture())
                    .expect("0");
            assertThat(qiniu.files()).hasSize(3);
            host.upload("/user/avatar", "avatar", picture()).expect("0");
            Await.until(() -> !qiniu.files().containsKey(key)); // The old avatar is deleted.
            assertThat(qiniu.files()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 579, 599, 614, 503})
    void whatQiniuRefusesLeavesNothing(int status) throws IOException {
        try (QiniuService qiniu = new QiniuService();
                TestServer server = TestServer.start(qiniu.environment())) {
            ApiClient host = server.registered();
            long house = house(host);
            qiniu.failUploads(status, 10);
            host.upload("/user/avatar", "avatar", picture()).expect("4301", "上传七牛云失败");
            host.upload("/houses/" + house + "/images", "house_image", picture())
                    .expect("4301", "上传七牛云图片失败");
            assertThat(qiniu.files()).isEmpty();
            assertThat(rows(server)).isZero();
        }
    }

    @Test
    void aHangingStoreHoldsNoConnectionOfTheDatabase() throws Exception {
        try (QiniuService qiniu = new QiniuService();
                TestServer server = TestServer.start(
                        with(with(qiniu.environment(), "IHOME_DATABASE_POOL", "2"), "IHOME_MEDIA_TIMEOUT", "60s"))) {
            ApiClient host = server.registered();
            long house = house(host);
            byte[] picture = picture();
            qiniu.hang(true);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Reply>> uploads = java.util.stream.IntStream.range(0, 4)
                        .mapToObj(_ -> threads.submit(() -> server.client()
                                .session(host.session())
                                .upload("/houses/" + house + "/images", "house_image", picture)))
                        .toList();
                Await.until(() -> qiniu.requests() >= 2);
                for (int i = 0; i < 50; i++) {
                    server.client().get("/houses/" + house).expect("0");
                    server.client().session(host.session()).get("/user").expect("0");
                }
                assertThat(uploads).as("still waiting for the store").noneMatch(Future::isDone);
                qiniu.failUploads(503, Integer.MAX_VALUE);
                qiniu.hang(false);
                for (Future<Reply> upload : uploads) {
                    upload.get().expect("4301");
                }
            }
            assertThat(rows(server)).isZero();
        }
    }

    @Test
    void aPrivateBucketIsServedByTheServer() throws IOException {
        try (S3Service s3 = new S3Service();
                TestServer server = TestServer.start(s3.environment())) {
            ApiClient host = server.registered();
            String url = host.upload("/user/avatar", "avatar", picture())
                    .expect("0")
                    .data()
                    .path("avatar_url")
                    .asString();
            Reply shown = server.client().get("/" + url.substring(url.indexOf("/media/")));
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body()).isEqualTo(s3.files().values().iterator().next());
        }
    }

    @Test
    void picturesAreCopiedBetweenStoresAndACopyGoesOnWhereItWas() throws IOException {
        try (QiniuService qiniu = new QiniuService();
                S3Service s3 = new S3Service();
                TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            host.upload("/user/avatar", "avatar", picture()).expect("0");
            long house = house(host);
            for (int i = 0; i < 3; i++) {
                host.upload("/houses/" + house + "/images", "house_image", picture())
                        .expect("0");
            }
            BlobStore local = open(Map.of(), "local", server);
            BlobStore first = open(s3.environment(), "s3", server);
            s3.fail(403, 1);
            PictureCopy.Progress broken = new PictureCopy(local, first).run(server.database());
            assertThat(broken.files()).isEqualTo(7);
            assertThat(broken.failed()).isEqualTo(1);
            assertThat(broken.isComplete()).isFalse();
            PictureCopy.Progress again = new PictureCopy(local, first).run(server.database());
            assertThat(again.copied()).isEqualTo(1);
            assertThat(again.present()).isEqualTo(6);
            assertThat(again.isComplete()).isTrue();

            PictureCopy.Progress on =
                    new PictureCopy(first, open(qiniu.environment(), "qiniu", server)).run(server.database());
            assertThat(on.copied()).isEqualTo(7);
            s3.files()
                    .forEach((key, bytes) -> assertThat(qiniu.files().get(key)).isEqualTo(bytes));
            assertThat(qiniu.files()).hasSize(7);
        }
    }

    @Test
    void aStoreMayBeNamedWithAnotherPlace() {
        Settings settings = new Settings(
                List.of(),
                java.util.Set.of(),
                Map.of("IHOME_S3_ACCESS_KEY", "key", "IHOME_S3_SECRET_KEY", "hush", "IHOME_S3_BUCKET", "pictures"));
        Path standard = Path.of("data", "blobs");
        assertThat(MediaConfig.named(settings, "local:/srv/pictures", "--to", standard))
                .isEqualTo(new MediaConfig.Local(Path.of("/srv/pictures")));
        assertThat(MediaConfig.named(settings, "local", "--to", standard)).isEqualTo(new MediaConfig.Local(standard));
        assertThat(MediaConfig.named(settings, "s3:others", "--to", standard))
                .asString()
                .contains("bucket=others")
                .doesNotContain("hush");
        settings.check();
    }

    private static BlobStore open(Map<String, String> environment, String name, TestServer server) {
        Settings settings = new Settings(List.of(), java.util.Set.of(), environment);
        MediaConfig config = MediaConfig.named(settings, name, "--from", AppConfig.blobs(server.data()));
        settings.check();
        return BlobStores.open(config, URI.create("http://localhost"));
    }

    @Test
    void aCodeIsSentThroughTheProvider() {
        try (CloopenService cloopen = new CloopenService();
                TestServer server = TestServer.start(cloopen.environment())) {
            ApiClient client = server.client();
            String mobile = TestServer.newMobile();
            ask(server, client, mobile);
            Await.until(
                    "the provider has got the message", () -> cloopen.received().size(), now -> now == 1);
            assertThat(cloopen.received().getFirst().path("to").asString()).isEqualTo(mobile);
            String code = cloopen.received().getFirst().path("datas").get(0).asString();
            client.post(
                            "/users",
                            "{\"mobile\":\"" + mobile + "\",\"sms_code\":\"" + code + "\",\"password\":\""
                                    + TestServer.PASSWORD + "\"}")
                    .expect("0");
            Await.until("the message is sent", () -> states(server), "sent"::equals);
            Await.until(
                    "the message is counted",
                    () -> server.client().get("//metrics").text(),
                    text -> text.contains("ihome_sms_total{outcome=\"sent\",provider=\"cloopen\"} 1.0"));
        }
    }

    @Test
    void aHangingProviderKeepsNobodyWaiting() {
        try (CloopenService cloopen = new CloopenService();
                TestServer server = TestServer.start(with(cloopen.environment(), "IHOME_SMS_TIMEOUT", "60s"))) {
            cloopen.endpoint().hang(true);
            ask(server, server.client(), TestServer.newMobile());
            assertThat(states(server)).as("answered before the provider did").isIn("waiting", "sending");
            cloopen.endpoint().hang(false);
            Await.until("the message is sent", () -> states(server), "sent"::equals);
        }
    }

    @Test
    void aHangingProviderIsAskedOnce() {
        try (CloopenService cloopen = new CloopenService();
                TestServer server = TestServer.start(with(cloopen.environment(), "IHOME_SMS_TIMEOUT", "3s"))) {
            cloopen.endpoint().hang(true);
            ask(server, server.client(), TestServer.newMobile());
            Await.until("the message's fate is unknown", () -> states(server), "unknown"::equals);
            server.advance(java.time.Duration.ofMinutes(10));
            ask(server, server.client(), TestServer.newMobile());
            Await.until("both messages' fate is unknown", () -> states(server), "unknown unknown"::equals);
            Await.until("it is asked once for each", () -> cloopen.endpoint().requests(), now -> now == 2);
            String status = server.database()
                    .withConnection(handle -> handle.createQuery(
                                    "select string_agg(payload::text || last_error, ' ') from outbox")
                            .mapTo(String.class)
                            .one());
            assertThat(status).contains("did not answer").doesNotContainPattern("[0-9]{6}");
        }
    }

    private static String states(TestServer server) {
        return server.database()
                .withConnection(handle -> handle.createQuery(
                                "select coalesce(string_agg(state, ' ' order by id), '') from outbox")
                        .mapTo(String.class)
                        .one());
    }

    private static void ask(TestServer server, ApiClient client, String mobile) {
        String id = UUID.randomUUID().toString();
        client.get("/smscode/" + mobile + "?text=" + server.captcha(client, id) + "&id=" + id)
                .expect("0", "发送成功");
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(100, 100, 300, 300);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
