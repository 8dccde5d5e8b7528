package ihome.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | CHINESE
            *                                    | CHINESE
            zh-CN,zh;q=0.9,en;q=0.8              | CHINESE
            en-US,en;q=0.9                       | ENGLISH
            en-US,en;q=0.9,zh-CN;q=0.8           | ENGLISH
            en;q=0.5, zh-TW;q=0.7                | CHINESE
            EN-gb                                | ENGLISH
            zh;q=0,en;q=0.1                      | ENGLISH
            zh,en                                | CHINESE
            fr-FR,fr;q=0.9                       | ENGLISH
            de,zh;q=0.3                          | CHINESE
            en;q=nonsense                        | CHINESE
            ,;;q=,,                              | CHINESE
            """)
    void isTheBetterWantedOfTheTwo(String header, Language language) {
        assertThat(Language.preferred(header)).isEqualTo(language);
    }
}
