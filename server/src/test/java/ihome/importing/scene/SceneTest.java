package ihome.importing.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class SceneTest {
    @Test
    void aHouseAlwaysGetsTheSameThreeDifferentPictures() {
        Set<String> main = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            for (Stay stay : Stay.values()) {
                for (Surroundings surroundings : Surroundings.values()) {
                    List<Scene> scenes = Scene.of("airbnb:" + i, stay, surroundings);
                    assertThat(scenes).hasSize(3).doesNotHaveDuplicates();
                    assertThat(Scene.of("airbnb:" + i, stay, surroundings)).isEqualTo(scenes);
                    main.add(scenes.getFirst().pictureKey());
                }
            }
        }
        assertThat(main).hasSize(Scene.all().size());
    }

    @Test
    void aSceneAlwaysGivesTheSameBytesInBothWidths() throws Exception {
        Scene scene = Scene.all().getFirst();
        Map<String, byte[]> once = scene.draw();
        Map<String, byte[]> again = scene.draw();

        assertThat(once).hasSize(2);
        for (Map.Entry<String, byte[]> file : once.entrySet()) {
            assertThat(again.get(file.getKey())).isEqualTo(file.getValue());
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.getValue()));
            assertThat(file.getKey()).endsWith("_" + picture.getWidth() + ".jpg");
            assertThat(picture.getWidth() / (double) picture.getHeight()).isBetween(1.49, 1.51);
        }
    }

    @Test
    void keysStayTheSame() {
        assertThat(Scene.all().getFirst().pictureKey()).matches("p/([0-9a-f]{2})/\\1[0-9a-f]{30}");
        assertThat(Scene.all().stream().map(Scene::pictureKey)).doesNotHaveDuplicates();
    }
}
