package ihome.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

final class PlaceholderPictureTest {
    @Test
    void aHouseAlwaysGetsTheSameThreeDifferentPictures() {
        Set<String> main = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            for (RoomType roomType : RoomType.values()) {
                for (Surroundings surroundings : Surroundings.values()) {
                    List<PlaceholderPicture> pictures = PlaceholderPicture.of("airbnb:" + i, roomType, surroundings);
                    assertThat(pictures).hasSize(3).doesNotHaveDuplicates();
                    assertThat(PlaceholderPicture.of("airbnb:" + i, roomType, surroundings))
                            .isEqualTo(pictures);
                    main.add(pictures.getFirst().pictureKey());
                }
            }
        }
        assertThat(main).hasSize(PlaceholderPicture.all().size());
    }

    @Test
    void everyPictureIsThereInBothWidths() throws Exception {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        for (PlaceholderPicture placeholder : PlaceholderPicture.all()) {
            Map<String, byte[]> files = placeholder.files();
            assertThat(files).hasSize(2);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file.getValue())));
                assertThat(file.getKey()).endsWith("_" + reader.getWidth(0) + ".jpg");
                assertThat(reader.getWidth(0) / (double) reader.getHeight(0)).isBetween(1.49, 1.51);
            }
        }
    }

    @Test
    void keysAreDifferentAndOfTheFormOfUploadedPictures() {
        assertThat(PlaceholderPicture.all().stream().map(PlaceholderPicture::pictureKey))
                .hasSize(66)
                .allMatch(key -> key.matches("p/([0-9a-f]{2})/\\1[0-9a-f]{30}"))
                .doesNotHaveDuplicates();
    }
}
