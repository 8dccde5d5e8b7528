package ihome.photo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Endpoint 12, and how the pictures that it stores are delivered. */
class HousePhotosTest {
    private static TestServer server;
    private static ApiClient host;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        host = server.registered();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theFirstPhotoBecomesTheMainImage() throws IOException {
        long house = SampleHouse.house().publish(host);
        String first = url(upload(host, house, SamplePicture.jpeg(1600, 1000)).expect("0", "OK"));
        String second = url(upload(host, house, SamplePicture.jpeg()).expect("0"));
        JsonNode full = host.get("/houses/" + house).data().path("house");
        assertThat(full.path("img_urls").toString()).isEqualTo("[\"" + first + "\",\"" + second + "\"]");
        JsonNode own = host.get("/user/houses").data().path("houses").get(0);
        String main = own.path("img_url").asString();
        assertThat(main).isEqualTo(first.replace("_1280.jpg", "_480.jpg"));
        assertThat(URI.create(first)).hasScheme("http").hasPort(server.port());
        assertThat(width(first)).isEqualTo(1280);
        assertThat(width(main)).isEqualTo(480);
        assertThat(width(second)).isEqualTo(320);
    }

    @Test
    void photosAtOnceAreAllKeptAndOneIsTheMainImage() throws Exception {
        long house = SampleHouse.house().publish(host);
        List<Callable<Reply>> uploads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int width = 100 + i;
            uploads.add(() -> upload(host, house, SamplePicture.jpeg(width, 80)));
        }
        List<String> urls = new ArrayList<>();
        for (Reply reply : atOnce(uploads)) {
            urls.add(url(reply.expect("0")));
        }
        List<String> shown = new ArrayList<>();
        host.get("/houses/" + house).data().path("house").path("img_urls").forEach(url -> shown.add(url.asString()));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(server.number("select count(*) from house_image i join house h on h.id = i.house_id"
                        + " and h.main_image = i.picture where h.id = " + house))
                .isEqualTo(1);
        assertThat(server.number("select count(*) from house where main_image = (select picture from house_image"
                        + " where house_id = " + house + " order by id limit 1)"))
                .as("the first that was stored is the main image")
                .isEqualTo(1);
    }

    @Test
    void aHouseHasThirtyPhotosAtMost() throws Exception {
        long house = SampleHouse.house().publish(host);
        server.sql("insert into house_image (house_id, picture, created_at) select " + house
                + ", 'p/ab/ab' || lpad(n::text, 30, '0'), now() from generate_series(1, 28) n");
        long files = server.storedFiles();
        Callable<Reply> upload = () -> upload(host, house, SamplePicture.jpeg());
        List<String> answers = atOnce(List.of(upload, upload, upload, upload, upload)).stream()
                .map(reply -> reply.expectStatus(200).errno() + " " + reply.message())
                .sorted()
                .toList();
        String full = "4201 每套房屋最多 30 张图片";
        assertThat(answers).containsExactly("0 OK", "0 OK", full, full, full);
        assertThat(photos(house)).isEqualTo(30);
        assertThat(server.storedFiles())
                .as("no file of a refused photo is left")
                .isEqualTo(files + 2 * 2);
    }

    @Test
    void onlyTheOwnerAddsPhotos() throws IOException {
        long house = SampleHouse.house().publish(host);
        long files = server.storedFiles();
        ApiClient stranger = server.registered();
        upload(stranger, house, SamplePicture.jpeg()).expect("4105", "只能操作自己的房屋");
        upload(server.client(), house, SamplePicture.jpeg()).expect("4101", "用户未登录");
        for (String id : List.of("0", "987654321", "abc", "-1", "99999999999999999999")) {
            host.upload("/houses/" + id + "/images", "house_image", SamplePicture.jpeg())
                    .expect("4002", "房屋不存在");
        }
        assertThat(photos(house)).isZero();
        assertThat(server.storedFiles()).isEqualTo(files);
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        long house = SampleHouse.house().publish(host);
        long files = server.storedFiles();
        byte[] cut = SamplePicture.jpeg(640, 480);
        for (byte[] file : List.of(
                new byte[0],
                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8),
                new byte[200_000],
                java.util.Arrays.copyOf(cut, cut.length / 2))) {
            Reply reply = upload(host, house, file).expect("4103");
            reply.expectBadField("house_image");
        }
        host.upload("/houses/" + house + "/images", "avatar", SamplePicture.jpeg())
                .expectBadField("house_image", "未上传图片");
        assertThat(photos(house)).isZero();
        assertThat(server.storedFiles()).isEqualTo(files);
    }

    @Test
    void onlyMultipartIsRead() {
        String path = "/houses/" + SampleHouse.house().publish(host) + "/images";
        host.post(path, "{\"house_image\": \"x\"}").expectStatus(415);
        host.send("POST", path, null, BodyPublishers.ofByteArray(SamplePicture.jpeg()))
                .expectStatus(415);
        for (String body :
                List.of("", "no part at all", "--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"house_")) {
            Reply reply = host.send("POST", path, "multipart/form-data; boundary=x", BodyPublishers.ofString(body));
            assertThat(List.of(200, 400)).as(reply.text()).contains(reply.status());
            assertThat(reply.errno()).isEqualTo("4103");
        }
        assertThat(host.send("POST", path, "multipart/form-data", BodyPublishers.ofString("--x\r\n"))
                        .expectStatus(400)
                        .errno())
                .isEqualTo("4103");
    }

    @Test
    void aPictureHasABound() {
        long house = SampleHouse.house().publish(host);
        byte[] most = java.util.Arrays.copyOf(SamplePicture.jpeg(), 10 * 1024 * 1024);
        upload(host, house, most).expect("0");
        byte[] more = java.util.Arrays.copyOf(SamplePicture.jpeg(), 10 * 1024 * 1024 + 64 * 1024);
        assertThat(upload(host, house, more).expectStatus(413).errno()).isEqualTo("4201");
        assertThat(photos(house)).isEqualTo(1);
    }

    @Test
    void aFailingPictureStoreLeavesNothing() throws IOException {
        long house = SampleHouse.house().publish(host);
        upload(host, house, SamplePicture.jpeg()).expect("0");
        long files = server.storedFiles();
        server.pictures()
                .without(() -> upload(host, house, SamplePicture.jpeg()).expect("4301", "上传七牛云图片失败"));
        assertThat(photos(house)).isEqualTo(1);
        assertThat(server.storedFiles()).isEqualTo(files);
        upload(host, house, SamplePicture.jpeg()).expect("0");
    }

    @Test
    void aFailingDatabaseLeavesNoFile() throws IOException {
        long house = SampleHouse.house().publish(host);
        long files = server.storedFiles();
        server.refusing(
                "insert",
                "house_image",
                () -> upload(host, house, SamplePicture.jpeg()).expect("4001", "数据库错误"));
        server.without("house", () -> upload(host, house, SamplePicture.jpeg()).expect("4001", "数据库错误"));
        assertThat(photos(house)).isZero();
        assertThat(server.storedFiles()).isEqualTo(files);
        assertThat(server.number("select count(main_image) from house where id = " + house))
                .isZero();
    }

    @Test
    void picturesAreDeliveredToBeKept() throws IOException {
        long house = SampleHouse.house().publish(host);
        String path = "/"
                + URI.create(url(upload(host, house, SamplePicture.jpeg()).expect("0")))
                        .getPath();
        Reply picture = server.client().get(path).expectStatus(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(picture.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(picture.header("X-Content-Type-Options")).isEqualTo("nosniff");
        String etag = picture.header("ETag");
        assertThat(etag).startsWith("\"").endsWith("\"");
        for (String held : List.of(etag, "\"other\", " + etag, "W/" + etag, "*")) {
            Reply same = server.client().with("If-None-Match", held).get(path).expectStatus(304);
            assertThat(same.body()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(etag);
            assertThat(same.header("Cache-Control")).contains("immutable");
        }
        server.client().with("If-None-Match", "\"other\"").get(path).expectStatus(200);
        Reply head = server.client()
                .send("HEAD", path, null, BodyPublishers.noBody())
                .expectStatus(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(picture.body().length));
        assertThat(head.header("ETag")).isEqualTo(etag);
    }

    @Test
    void nothingButPicturesIsDelivered() throws IOException {
        String known = URI.create(url(upload(host, SampleHouse.house().publish(host), SamplePicture.jpeg())
                        .expect("0")))
                .getPath();
        server.pictures().add("secret.txt", "secret");
        for (String path : List.of(
                "/media",
                "/media/",
                "/media/p",
                "/media/p/07",
                "/media/secret.txt",
                "/media/../outbox.jsonl",
                "/media/%2e%2e/outbox.jsonl",
                "/media/..%2foutbox.jsonl",
                "/media/p/..%2f..%2f..%2foutbox.jsonl",
                "/media/%00",
                "/media/%ff%fe",
                known.replace("_1280.jpg", "_640.jpg"),
                known.replace("_1280.jpg", "_01280.jpg"),
                known.replace("_1280.jpg", ""),
                known + "/",
                known.replace("/media/p/", "/media/a/"),
                known.replace(".jpg", ".jpg%00"))) {
            Reply reply = server.nodeClient().get("/" + path);
            assertThat(reply.status())
                    .as("%s: %s", path, reply.header("Content-Type"))
                    .isIn(400, 404);
            assertThat(reply.errno()).as(path).isIn("4002", "4103");
        }
    }

    private static Reply upload(ApiClient client, long house, byte[] file) {
        return client.upload("/houses/" + house + "/images", "house_image", file);
    }

    private static String url(Reply reply) {
        return reply.data().path("url").asString();
    }

    private static int width(String url) throws IOException {
        byte[] file = server.client()
                .get("/" + URI.create(url).getPath())
                .expectStatus(200)
                .body();
        return ImageIO.read(new ByteArrayInputStream(file)).getWidth();
    }

    private static long photos(long house) {
        return server.number("select count(*) from house_image where house_id = " + house);
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
