package ihome.web;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.web.SitePages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitePagesTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"terms", "privacy", "help", "imprint"})
    void everyTextComesInBothLanguages(String name) {
        SitePages pages = new SitePages(data);
        for (Language language : Language.values()) {
            assertThat(pages.read(name, language))
                    .hasSizeGreaterThan(3)
                    .first()
                    .extracting(Block::kind)
                    .isEqualTo("h1");
        }
    }

    @Test
    void aFileInTheDataFolderTakesItsPlaceAtOnce() throws IOException {
        SitePages pages = new SitePages(data);
        Files.createDirectories(data.resolve("site"));
        Files.writeString(data.resolve("site/terms.zh.md"), "# 条款\n第一行\n第二行\n\n## 其一\n- 甲\n- 乙 <b>\n");
        assertThat(pages.read("terms", Language.CHINESE))
                .containsExactly(
                        new Block("h1", "条款"),
                        new Block("p", "第一行\n第二行"),
                        new Block("h2", "其一"),
                        new Block("li", "甲"),
                        new Block("li", "乙 <b>"));
        assertThat(pages.read("terms", Language.ENGLISH)).contains(new Block("h1", "Terms of service"));
    }

    @Test
    void whatIsTooLongOrNoTextIsNotShown() throws IOException {
        SitePages pages = new SitePages(data);
        Files.createDirectories(data.resolve("site"));
        Files.write(data.resolve("site/help.zh.md"), new byte[(int) SitePages.MOST + 1]);
        Files.write(data.resolve("site/help.en.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        assertThat(pages.read("help", Language.CHINESE)).contains(new Block("h1", "帮助"));
        assertThat(pages.read("help", Language.ENGLISH)).contains(new Block("h1", "Help"));
    }
}
