package ihome.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much one account may publish and upload. */
class QuotaTest {
    @Test
    void housesADay() {
        try (TestServer server = TestServer.start(Map.of("IHOME_LIMIT_HOUSES_PER_ACCOUNT_DAY", "3"))) {
            ApiClient host = server.registered();
            SampleHouse.house().with("price", 0).json();
            host.post("/houses", SampleHouse.house().with("price", 0).json()).expect("4103");
            host.post("/houses", SampleHouse.house().with("area_id", 999).json())
                    .expect("4103");
            List<Reply> replies =
                    AtOnce.run(6, _ -> host.post("/houses", SampleHouse.house().json()));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(3);
            Reply limited = host.post("/houses", SampleHouse.house().json()).expect("4201");
            assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 86_400);
            SampleHouse.house().publish(server.registered());
            server.advance(Duration.ofDays(1));
            SampleHouse.house().publish(host);
        }
    }

    @Test
    void housesInAll() {
        try (TestServer server = TestServer.start(Map.of("IHOME_LIMIT_HOUSES_PER_ACCOUNT", "2"))) {
            ApiClient host = server.registered();
            List<Reply> replies =
                    AtOnce.run(5, _ -> host.post("/houses", SampleHouse.house().json()));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(2);
            Reply full = host.post("/houses", SampleHouse.house().json()).expect("4201", "每个账号最多发布 2 套房屋");
            assertThat(full.header("Retry-After")).isEmpty();
            server.advance(Duration.ofDays(2));
            host.post("/houses", SampleHouse.house().json()).expect("4201");
            SampleHouse.house().publish(server.registered());
        }
    }

    @Test
    void photosADay() {
        try (TestServer server = TestServer.start(Map.of("IHOME_LIMIT_PHOTOS_PER_ACCOUNT_DAY", "2"))) {
            ApiClient host = server.registered();
            long house = SampleHouse.house().publish(host);
            upload(host, house).expect("0");
            upload(server.registered(), house).expect("4105");
            upload(host, house).expect("0");
            Reply limited = upload(host, house).expect("4201");
            assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 86_400);
            server.advance(Duration.ofDays(1));
            upload(host, house).expect("0");
        }
    }

    /** Protection: StorePicture counts for every kind; without it avatars are decoded without a limit. */
    @Test
    void avatarsArePicturesToo() {
        try (TestServer server = TestServer.start(Map.of("IHOME_LIMIT_PHOTOS_PER_ACCOUNT_DAY", "1"))) {
            ApiClient guest = server.registered();
            guest.upload("/user/avatar", "avatar", SamplePicture.jpeg()).expect("0");
            guest.upload("/user/avatar", "avatar", SamplePicture.jpeg()).expect("4201");
            server.registered()
                    .upload("/user/avatar", "avatar", SamplePicture.jpeg())
                    .expect("0");
        }
    }

    /** A picture counts a second at least; also one that is refused. */
    @Test
    void processorTimeOfPictures() {
        try (TestServer server = TestServer.start(Map.of("IHOME_LIMIT_PICTURE_SECONDS_PER_ACCOUNT_HOUR", "2"))) {
            ApiClient host = server.registered();
            long house = SampleHouse.house().publish(host);
            upload(host, house).expect("0");
            host.upload("/user/avatar", "avatar", new byte[10]).expect("4103");
            Reply limited = upload(host, house).expect("4201");
            assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 3_600);
            server.advance(Duration.ofHours(1));
            upload(host, house).expect("0");
        }
    }

    /** What a dear picture took beyond its first second counts afterwards, and never more than the limit. */
    @Test
    void secondsThatWereSpentCount() {
        try (TestServer server = TestServer.start()) {
            Limits limits = new Limits(
                    server.database(),
                    new SiteTime(new TestClock(TestServer.START), ZoneId.of("Asia/Shanghai")),
                    new LimitsConfig(Map.of(Limit.PICTURE_SECONDS_PER_ACCOUNT_HOUR, 5), true));
            Limits.Use dear = new Limits.Use(Limit.PICTURE_SECONDS_PER_ACCOUNT_HOUR, "1");
            limits.take(dear);
            limits.charge(dear, 3);
            limits.take(dear);
            assertThatExceptionOfType(BusinessException.class).isThrownBy(() -> limits.take(dear));
            limits.charge(dear, 10);
            limits.take(new Limits.Use(Limit.PICTURE_SECONDS_PER_ACCOUNT_HOUR, "2"));
        }
    }

    @Test
    void theDefaults() {
        assertThat(Limit.HOUSES_PER_ACCOUNT_DAY.defaultMax()).isEqualTo(100);
        assertThat(Limit.HOUSES_PER_ACCOUNT.defaultMax()).isEqualTo(1_000);
        assertThat(Limit.PHOTOS_PER_ACCOUNT_DAY.defaultMax()).isEqualTo(1_000);
        assertThat(Limit.PICTURE_SECONDS_PER_ACCOUNT_HOUR.defaultMax()).isEqualTo(400);
    }

    private static Reply upload(ApiClient host, long house) {
        return host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg());
    }
}
