package ihome.photo;

import ihome.platform.blob.QiniuService;
import ihome.platform.blob.S3Service;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** Not a test: how long a house's photo takes from request to answer, by store; the remote ones are on loopback. */
final class PictureUploadCost {
    private static final int UPLOADS = 28;

    private PictureUploadCost() {}

    public static void main(String[] args) throws IOException {
        try (QiniuService qiniu = new QiniuService();
                S3Service s3 = new S3Service()) {
            measure("local", Map.of());
            measure("qiniu", qiniu.environment());
            measure("s3", s3.environment());
        }
        System.exit(0);
    }

    private static void measure(String name, Map<String, String> environment) throws IOException {
        byte[] picture = picture();
        try (TestServer server = TestServer.start(environment)) {
            ApiClient host = server.registered();
            long house = host.post("/houses", """
                            {"title": "院子", "price": 388, "address": "鼓楼", "area_id": 1, "room_count": 2, "acreage": 60,
                             "unit": "一室", "capacity": 4, "beds": "床", "deposit": 0, "min_days": 1, "max_days": 0}""").data().path("house_id").asLong();
            long[] nanos = new long[UPLOADS];
            for (int i = 0; i < UPLOADS; i++) {
                long start = System.nanoTime();
                host.upload("/houses/" + house + "/images", "house_image", picture)
                        .expect("0");
                nanos[i] = System.nanoTime() - start;
            }
            long[] warm = Arrays.copyOfRange(nanos, 8, UPLOADS);
            Arrays.sort(warm);
            System.out.printf(
                    Locale.ROOT, "%s: median %.0f ms of %d uploads%n", name, warm[warm.length / 2] / 1e6, warm.length);
        }
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, 1600, 1200, Color.BLUE));
        graphics.fillRect(0, 0, 1600, 1200);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }
}
