package ihome.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.Golden;
import org.junit.jupiter.api.Test;

/** Exports of a guest and a host of whom there is something in every list, and what their erasures change in which table. */
class GoldenPersonalDataTest {
    @Test
    void exportsAndErasuresAreAsKept() {
        try (PersonalDataScene scene = new PersonalDataScene().play()) {
            String exports = PersonalDataScene.export(scene.guest) + PersonalDataScene.export(scene.host);
            String erasures = "-- guest\n" + scene.changesBy(() -> PersonalDataScene.erase(scene.guest)) + "-- host\n"
                    + scene.changesBy(() -> PersonalDataScene.erase(scene.host));
            assertThat(exports).contains("院子很安静");
            Golden.check("export.golden.txt", exports);
            Golden.check("erasure.golden.txt", erasures);
        }
    }
}
