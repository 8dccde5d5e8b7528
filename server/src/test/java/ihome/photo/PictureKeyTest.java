package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureKeyTest {
    private static final String NAME = "abcdef0123456789abcdef0123456789";

    @Test
    void isWrittenAsTheDatabaseAndTheStoreKnowIt() {
        PictureKey house = new PictureKey(PictureKind.HOUSE, NAME);
        assertThat(house).hasToString("p/ab/" + NAME);
        assertThat(house.file(Rendition.LIST)).isEqualTo("p/ab/" + NAME + "_480.jpg");
        assertThat(house.file(Rendition.DETAIL)).isEqualTo("p/ab/" + NAME + "_1280.jpg");
        PictureKey avatar = new PictureKey(PictureKind.AVATAR, NAME);
        assertThat(avatar.file(Rendition.AVATAR)).isEqualTo("a/ab/" + NAME + "_256.jpg");
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrites(PictureKind kind) {
        PictureKey key = PictureKey.random(kind);
        assertThat(PictureKey.parse(key.toString())).isEqualTo(key);
        for (Rendition rendition : kind.renditions()) {
            assertThat(PictureKey.parseFile(key.file(rendition))).contains(new PictureFile(key, rendition));
        }
    }

    @Test
    void namesAreNotRepeated() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            names.add(PictureKey.random(PictureKind.HOUSE).name());
        }
        assertThat(names).hasSize(10_000);
    }

    @Test
    void hasNoFileOfAnotherKind() {
        PictureKey house = new PictureKey(PictureKind.HOUSE, NAME);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> house.file(Rendition.AVATAR));
        assertThat(PictureKey.parseFile("p/ab/" + NAME + "_256.jpg")).isEmpty();
        assertThat(PictureKey.parseFile("a/ab/" + NAME + "_480.jpg")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p/ab/abc",
                "x/ab/abcdef0123456789abcdef0123456789",
                "p/cd/abcdef0123456789abcdef0123456789",
                "p/ab/ABCDEF0123456789abcdef0123456789",
                "p/ab/abcdef0123456789abcdef0123456789 ",
                "p/ab/abcdef0123456789abcdef0123456789\n",
                "/p/ab/abcdef0123456789abcdef0123456789",
                "p/ab/../ab/abcdef0123456789abcdef0123",
                "p/ab/abcdef0123456789abcdef0123456789_480.jpg"
            })
    void refusesAllElse(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PictureKey.parse(text));
        assertThat(PictureKey.parseFile(text + "_480.jpg")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "_481.jpg", "_480.png", "_0480.jpg", "_480.jpg/", "_480.JPG", "_99999.jpg", "_480.jpg\n"})
    void onlyKnownSizesAreFiles(String ending) {
        assertThat(PictureKey.parseFile("p/ab/" + NAME + ending)).isEmpty();
    }
}
