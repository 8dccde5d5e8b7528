package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest.json",
                "tables/house-0001.copy",
                "tables/night_claim-0012.copy",
                "keys/identity.key",
                "keys/cashier.key",
                "pictures/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_1280.jpg",
                "pictures/a/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_256.jpg"
            })
    void theseABackupHas(String name) {
        assertThat(EntryNames.isKnown(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "keys/../identity.key",
                "keys/../../etc/x.key",
                "keys/.ssh.key",
                "keys/a/b.key",
                "keys/C:\\x.key",
                "keys/authorized_keys",
                "pictures/../../x_480.jpg",
                "pictures/p/07/../../../x.jpg",
                "pictures/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_481.jpg",
                "pictures/p/08/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg",
                "pictures/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.html",
                "tables/../x-0001.copy",
                "tables/house\";drop-0001.copy",
                "tables/house.copy",
                "tables/",
                "Manifest.json",
                "manifest.json\n"
            })
    void theseNoBackupHas(String name) {
        assertThat(EntryNames.isKnown(name)).isFalse();
        assertThatThrownBy(() -> EntryNames.check(List.of("manifest.json", name)))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("no backup has");
    }

    @Test
    void noNameTwice() {
        List<String> names = List.of("manifest.json", "keys/identity.key");
        assertThatCode(() -> EntryNames.check(names)).doesNotThrowAnyException();
        assertThatThrownBy(() -> EntryNames.check(List.of("keys/identity.key", "manifest.json", "keys/identity.key")))
                .hasMessageContaining("two entries of the name keys/identity.key");
    }
}
