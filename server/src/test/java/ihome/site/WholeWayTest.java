package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A host's first hour: register, publish, photo, and be found. */
class WholeWayTest {
    @Test
    void aHouseIsFoundAsSoonAsItIsPublished() throws IOException {
        try (TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            long house = host.post("/houses", """
                            {"title": "鼓楼旁的四合院", "price": "388.00", "address": "鼓楼东大街", "area_id": 1, "room_count": "2",
                             "acreage": 60, "unit": "两室一厅", "capacity": 4, "beds": "双人床2张", "deposit": "500",
                             "min_days": 1, "max_days": 0, "facility": ["1", 3, 99]}""")
                    .expect("0")
                    .data()
                    .path("house_id")
                    .asLong();
            host.upload("/houses/" + house + "/images", "house_image", picture())
                    .expect("0");

            Reply found = server.client()
                    .get("/houses?aid=1&sd=2026-06-02&ed=2026-06-05")
                    .expect("0");
            assertThat(found.data().path("houses").get(0).path("house_id").asLong())
                    .isEqualTo(house);
            assertThat(found.data().path("houses").get(0).path("price").asLong())
                    .isEqualTo(38_800);
            Reply detail = server.client().get("/houses/" + house).expect("0");
            assertThat(detail.json().path("errno").isNumber()).isTrue();
            assertThat(detail.data().path("house").path("facilities").toString())
                    .isEqualTo("[1,3]");
            server.restart();
            host = server.client().session(host.session());
            host.get("/user/houses").expect("0");
        }
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
