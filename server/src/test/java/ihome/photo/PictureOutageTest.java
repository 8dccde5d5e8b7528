package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.BusyMachine;
import ihome.testing.PictureStore;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.SteadyLoad;
import ihome.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store of pictures ends and comes back, while guests browse and hosts upload. */
@Tag("timing")
class PictureOutageTest {
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @Test
    void s3EndsAndComesBackUnderLoad() {
        try (PictureStore.Bucket bucket = new PictureStore.Bucket();
                TestServer server = TestServer.start(bucket.environment())) {
            ApiClient host = server.registered();
            long house = SampleHouse.house().publish(host);
            upload(host, house).expect("0");
            long each = bucket.files();
            try (SteadyLoad guests = new SteadyLoad(server.uri(), 2)) {
                guests.more(30);
                bucket.without(() -> {
                    AtOnce.run(4, _ -> upload(server.client().session(host.session()), house))
                            .forEach(refused -> refused.expect("4301", "上传七牛云图片失败"));
                    guests.more(30);
                });
                long back = System.nanoTime();
                upload(host, house).expect("0");
                BusyMachine.assertWithin(RECOVERY, "pictures are shown again", back);
                guests.more(30);
                assertThat(guests.failures()).as("of %d", guests.answered()).isEmpty();
            }
            assertThat(server.rows("house_image where house_id = " + house)).isEqualTo(2);
            assertThat(bucket.files()).as("nothing that no row names").isEqualTo(2 * each);
        }
    }

    private static Reply upload(ApiClient host, long house) {
        return host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg());
    }
}
