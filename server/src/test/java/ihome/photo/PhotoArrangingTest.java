package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A host puts the photos of a house in order and removes some. */
class PhotoArrangingTest {
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
    void theFirstIsTheMainImage() {
        long house = SampleHouse.house().publish(host);
        long first = add(house);
        long second = add(house);
        long third = add(house);
        assertThat(ids(house)).containsExactly(first, second, third);

        order(house, List.of(third, first, second)).expect("0", "OK");
        assertThat(ids(house)).containsExactly(third, first, second);
        List<String> urls = urls(house);
        assertThat(mainImage(house)).isEqualTo(urls.getFirst().replace("_1280", "_480"));
        JsonNode shown = server.client().get("/houses/" + house).data().path("house");
        assertThat(shown.path("img_urls").toString()).isEqualTo(Json.text(urls));

        long fourth = add(house);
        assertThat(ids(house)).as("a new one is the last").containsExactly(third, first, second, fourth);

        remove(house, third).expect("0", "OK");
        assertThat(ids(house)).containsExactly(first, second, fourth);
        assertThat(mainImage(house)).isEqualTo(urls.get(1).replace("_1280", "_480"));
        remove(house, second).expect("0");
        remove(house, first).expect("0");
        remove(house, fourth).expect("0");
        assertThat(mainImage(house)).isEmpty();
        assertThat(ids(server.client().get("/houses/index").data())).doesNotContain(house);
        long again = add(house);
        assertThat(mainImage(house)).isEqualTo(urls(house).getFirst().replace("_1280", "_480"));
        assertThat(ids(house)).containsExactly(again);
        Await.until("the outbox is empty", () -> server.rows("outbox"), now -> now == 0);
    }

    @Test
    void theFilesGoAfterTheCommit() {
        long house = SampleHouse.house().publish(host);
        long files = server.storedFiles();
        long photo = add(house);
        assertThat(server.storedFiles()).isGreaterThan(files);
        remove(house, photo).expect("0");
        Await.until(() -> server.storedFiles() == files && server.rows("outbox") == 0);
    }

    @Test
    void filesThatAnotherHouseShowsStay() {
        long house = SampleHouse.house().publish(host);
        long photo = add(house);
        long other = SampleHouse.house().publish(host);
        server.sql("insert into house_image (house_id, picture, created_at) select " + other
                + ", picture, created_at from house_image where id = " + photo);
        long shared = server.number("select max(id) from house_image");
        String url = urls(house).getFirst();
        remove(house, photo).expect("0");
        Await.until("the outbox is empty", () -> server.rows("outbox"), now -> now == 0);
        server.client().get("/" + path(url)).expectStatus(200);
        remove(other, shared).expect("0");
        Await.until(
                "the picture is gone",
                () -> server.client().get("/" + path(url)).status(),
                now -> now == 404);
    }

    @Test
    void aRefusedRemovalKeepsTheFiles() {
        long house = SampleHouse.house().publish(host);
        long photo = add(house);
        long files = server.storedFiles();
        server.refusing("update", "house", () -> {
            remove(house, photo).expect("4001", "保存房屋图片失败");
            order(house, List.of(photo)).expect("4001", "保存房屋图片失败");
        });
        assertThat(ids(house)).containsExactly(photo);
        assertThat(server.rows("outbox")).isZero();
        assertThat(server.storedFiles()).isEqualTo(files);
    }

    @Test
    void anOrderNamesEveryPhotoOnce() {
        long house = SampleHouse.house().publish(host);
        long first = add(house);
        long second = add(house);
        long foreign = add(SampleHouse.house().publish(host));
        String not = "图片顺序应包含该房屋的全部图片，每张一次";
        order(house, List.of(second)).expectBadField("image_ids", not);
        order(house, List.of(second, first, first)).expectBadField("image_ids", not);
        order(house, List.of(second, second)).expectBadField("image_ids", not);
        order(house, List.of(second, foreign)).expectBadField("image_ids", not);
        order(house, List.of(second, first, foreign)).expectBadField("image_ids", not);
        order(house, List.of()).expectBadField("image_ids", not);
        for (String body : List.of(
                "{}",
                "{\"image_ids\": 7}",
                "{\"image_ids\": [0]}",
                "{\"image_ids\": [\"x\"]}",
                "{\"image_ids\": [1.5]}",
                "{\"image_ids\": [null]}",
                "{\"image_ids\": [[1]]}",
                "{\"image_ids\": [" + "1,".repeat(100) + "1]}")) {
            host.put("/houses/" + house + "/images/order", body).expectBadField("image_ids");
        }
        assertThat(ids(house)).containsExactly(first, second);
        host.put("/houses/" + house + "/images/order", "{\"image_ids\": [\"" + second + "\", " + first + "]}")
                .expect("0");
        assertThat(ids(house)).containsExactly(second, first);
    }

    @Test
    void onlyTheOwnerMay() {
        long house = SampleHouse.house().publish(host);
        long photo = add(house);
        long otherHouse = SampleHouse.house().publish(host);
        ApiClient stranger = server.registered();
        stranger.delete("/houses/" + house + "/images/" + photo).expect("4105", "只能操作自己的房屋");
        stranger.put("/houses/" + house + "/images/order", "{\"image_ids\": [" + photo + "]}")
                .expect("4105", "只能操作自己的房屋");
        server.client().delete("/houses/" + house + "/images/" + photo).expect("4101");
        server.client()
                .put("/houses/" + house + "/images/order", "{\"image_ids\": []}")
                .expect("4101");
        host.delete("/houses/" + otherHouse + "/images/" + photo).expect("4002", "图片不存在");
        host.delete("/houses/" + house + "/images/0").expect("4002", "图片不存在");
        host.delete("/houses/" + house + "/images/x").expect("4002", "图片不存在");
        host.delete("/houses/0/images/" + photo).expect("4002", "房屋不存在");
        order(0, List.of(photo)).expect("4002", "房屋不存在");
        assertThat(ids(house)).containsExactly(photo);
    }

    /** Whatever is done at once: the main image is the first photo, and every photo has its files. */
    @Test
    void atOnceNothingIsLost() {
        long seed = System.nanoTime();
        System.out.println("PhotoArrangingTest.atOnceNothingIsLost seed " + seed);
        Random random = new Random(seed);
        long house = SampleHouse.house().publish(host);
        for (int i = 0; i < 4; i++) {
            add(house);
        }
        for (int round = 0; round < 8; round++) {
            List<Long> before = ids(house);
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> add(house));
            tasks.add(() -> remove(house, before.get(random.nextInt(before.size()))));
            for (int i = 0; i < 3; i++) {
                List<Long> shuffled = new ArrayList<>(before);
                Collections.shuffle(shuffled, random);
                tasks.add(() -> order(house, shuffled));
            }
            AtOnce.run(tasks.size(), i -> {
                tasks.get(i).run();
                return true;
            });
            assertThat(urls(house).getFirst().replace("_1280", "_480")).isEqualTo(mainImage(house));
        }
        for (String url : urls(house)) {
            server.client().get("/" + path(url)).expectStatus(200);
        }
        Await.until("the outbox is empty", () -> server.rows("outbox"), now -> now == 0);
    }

    private static long add(long house) {
        return host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg())
                .expect("0")
                .data()
                .path("image_id")
                .asLong();
    }

    private static Reply remove(long house, long photo) {
        return host.delete("/houses/" + house + "/images/" + photo);
    }

    private static Reply order(long house, List<Long> ids) {
        return host.put("/houses/" + house + "/images/order", Json.text(Map.of("image_ids", ids)));
    }

    private static List<Long> ids(long house) {
        List<Long> ids = new ArrayList<>();
        images(house).forEach(image -> ids.add(image.path("image_id").asLong()));
        return ids;
    }

    private static List<Long> ids(JsonNode houses) {
        List<Long> ids = new ArrayList<>();
        houses.forEach(house -> ids.add(house.path("house_id").asLong()));
        return ids;
    }

    private static List<String> urls(long house) {
        List<String> urls = new ArrayList<>();
        images(house).forEach(image -> urls.add(image.path("url").asString()));
        return urls;
    }

    private static JsonNode images(long house) {
        return host.get("/user/houses/" + house).expect("0").data().path("images");
    }

    private static String mainImage(long house) {
        for (JsonNode own : host.get("/user/houses").data().path("houses")) {
            if (own.path("house_id").asLong() == house) {
                return own.path("img_url").asString();
            }
        }
        throw new AssertionError("no house " + house);
    }

    private static String path(String url) {
        return url.substring(url.indexOf("/media/"));
    }
}
