package ihome.platform.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.BusinessException;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What texts may hold. */
class TextRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "胡同里的阿明",
                "Café",
                "7",
                "<b>&\"'",
                "👨‍👩‍👧 一家", // joined
                "👩🏽‍🚀", // with a skin tone
                "🏳️‍🌈", // styled and joined
                "❤️",
                "☺︎", // as text
                "1️⃣#️⃣*️⃣", // keycaps
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F", // Scotland, of tags
                "🇨🇳",
                "नमस्ते",
                "ที่พัก",
                "한국어",
                "مرحبا" // written from right to left without a mark
            })
    void whatPeopleWriteIsKept(String text) {
        assertThat(TextRule.line("title", text, 1, 64)).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Bb",
                "a\u2060b",
                "a\uFE0Fb",
                "a\u00ADb",
                "a\u034Fb",
                "a\u3164b",
                "a\u200Db",
                "\u200D👩",
                "👩\u200D",
                "👩\u200Da",
                "1\uFE0F",
                "\uFE0F",
                "\u200B",
                "\u2060\uFE0F\u00AD\u034F\u3164",
                "\u202Etxet",
                "a\u202Ab\u202C",
                "\u2066a\u2069",
                "\u200Fa",
                "\u061Ca",
                "\uFEFFa",
                "a\u115F",
                "\uFFA0",
                "\u2800",
                "\u0300",
                "🏴\uDB40\uDC67", // tags without an end
                "a\uDB40\uDC67\uDB40\uDC7F", // tags on no flag
                "a\uDB40\uDD00", // a variation of a letter
                "a\u2028b",
                "a\u0085b",
                "a\u009Fb",
                "a\nb",
                "a\tb"
            })
    void whatNobodySeesIsRefused(String text) {
        assertThatExceptionOfType(BusinessException.class)
                .isThrownBy(() -> TextRule.line("title", text, 1, 64))
                .satisfies(refusal -> {
                    assertThat(refusal.field()).isEqualTo("title");
                    assertThat(refusal.message()).startsWith("房屋标题");
                });
    }

    /** Protection: the length counts in the form that is kept; counted before, it was saved once and never again. */
    @Test
    void whatIsKeptCanBeKeptAgain() {
        assertThatExceptionOfType(BusinessException.class)
                .isThrownBy(() -> TextRule.line("name", "\u0958".repeat(32), 1, 32));
        String kept = TextRule.line("name", "\u0958".repeat(16), 1, 32);
        assertThat(TextRule.line("name", kept, 1, 32)).isEqualTo(kept);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(1 + random.nextInt(12), 0, 0x30000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            try {
                String once = TextRule.text("name", text, 0, 32);
                assertThat(TextRule.text("name", once, 0, 32))
                        .as("seed %s", seed)
                        .isEqualTo(once);
                assertThat(TextRule.withoutInvisible(once)).as("seed %s", seed).isEqualTo(once);
            } catch (BusinessException refused) {
                // Many are.
            }
        }
    }

    @Test
    void linesEndInOneWayAndBlanksAroundAreNotKept() {
        assertThat(TextRule.text("comment", "  一\r\n二\u2028三\r四 \n", 1, 64)).isEqualTo("一\n二\n三\n四");
        assertThat(TextRule.text("comment", " \n ", 0, 64)).isEmpty();
    }

    /** Protection: the bound of marks over one letter; without it this takes seconds. */
    @Test
    void marksWithoutEndAreRefusedBeforeTheyAreSorted() {
        String text = "a" + "\u0300".repeat(100_000) + "\u0316".repeat(100_000);
        long start = System.nanoTime();
        assertThatExceptionOfType(BusinessException.class).isThrownBy(() -> TextRule.text("comment", text, 1, 100_000));
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(1);
    }

    @Test
    void whatLooksAlikeHasOneSkeleton() {
        String skeleton = TextRule.skeleton("AMing阿明");
        for (String alike : new String[] {
            "aming阿明", "ＡＭing阿明", "a\u200Bming阿明", "AM\u00ADing阿明\uFE0F", "\u202Eaming阿明", "a\u034Fming\u3164阿明"
        }) {
            assertThat(TextRule.skeleton(alike)).as(alike).isEqualTo(skeleton);
        }
        assertThat(TextRule.skeleton("STRASSE")).isEqualTo(TextRule.skeleton("straße"));
        assertThat(TextRule.skeleton("ΣΊΣΥΦΟΣ")).isEqualTo(TextRule.skeleton("σίσυφος"));
        assertThat(TextRule.skeleton("amin")).isNotEqualTo(skeleton);
    }

    @Test
    void oldTextsAreShownWithoutWhatNobodySees() {
        assertThat(TextRule.withoutInvisible("\u202Etxet\u200B 👨‍👩‍👧 1️⃣\uFE0F"))
                .isEqualTo("txet 👨‍👩‍👧 1️⃣");
    }
}
