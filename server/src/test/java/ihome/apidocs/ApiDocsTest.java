package ihome.apidocs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiDocsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /openapi.yaml              | application/yaml; charset=utf-8 | openapi: 3.1.0
                    /docs                      | text/html; charset=utf-8        | id="docs"
                    /docs/                     | text/html; charset=utf-8        | id="docs"
                    /docs/initializer.js       | text/javascript; charset=utf-8  | SwaggerUIBundle({
                    /docs/swagger-ui-bundle.js | text/javascript; charset=utf-8  | SwaggerUIBundle
                    /docs/swagger-ui.css       | text/css; charset=utf-8         | .swagger-ui
                    /docs/favicon-32x32.png    | image/png                       | PNG
                    """)
    void servesTheDocumentAndWhatThePageNeeds(String path, String contentType, String part) {
        ApiDocs.Resource found = ApiDocs.find(path).orElseThrow();
        assertThat(found.contentType()).isEqualTo(contentType);
        assertThat(new String(found.bytes(), UTF_8)).contains(part);
        assertThat(found.etag()).matches("\"[0-9a-f]{32}\"");
        assertThat(found.cacheControl()).isEqualTo("no-cache");
        assertThat(ApiDocs.find(path)).containsSame(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/docs//",
                "/docs/index.html",
                "/docs/../openapi.yaml",
                "/docs/%2e%2e/openapi.yaml",
                "/docs/swagger-ui.js",
                "/docs/../../../../db/migration/V1__accounts_houses_and_nights.sql",
                "/META-INF/MANIFEST.MF"
            })
    void findsNothingElse(String path) {
        assertThat(ApiDocs.find(path)).isEmpty();
    }

    @Test
    void everyAddressOfThePageIsServedHere() {
        String page = new String(ApiDocs.find("/docs").orElseThrow().bytes(), UTF_8);
        assertThat(Pattern.compile("(?:href|src)=\"([^\"]*)\"")
                        .matcher(page)
                        .results()
                        .map(m -> m.group(1)))
                .hasSize(5)
                .allSatisfy(address -> assertThat(ApiDocs.find(address)).isPresent());
        assertThat(page).doesNotContain("http").doesNotContain("style=").doesNotContainPattern("<script>|onload");
    }
}
