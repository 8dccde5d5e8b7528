package ihome.platform.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.StoredBody;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final byte[] BODY = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private static ByteRange found(String value) {
        return Objects.requireNonNull(range(value, null));
    }

    private static @Nullable ByteRange range(String value, @Nullable String condition) {
        HttpHeaders headers = new DefaultHttpHeaders().set("Range", value);
        if (condition != null) {
            headers.set("If-Range", condition);
        }
        return ByteRange.of(headers, BODY.length, "\"a\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, bytes 0-0/10",
        "bytes=2-4, 234, bytes 2-4/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=7-100, 789, bytes 7-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=-100, 0123456789, bytes 0-9/10",
        "bytes=0-, 0123456789, bytes 0-9/10"
    })
    void aPart(String value, String part, String told) throws IOException {
        ByteRange range = found(value);
        assertThat(range.of(BODY.length)).isEqualTo(told);
        StoredBody sent = range.of(new StoredBody(0, BODY.length, 0, () -> new ByteArrayInputStream(BODY), null));
        assertThat(sent.length()).isEqualTo(part.length());
        InputStream all = sent.source().open();
        all.skipNBytes(sent.from());
        byte[] bytes = all.readNBytes((int) sent.length());
        assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"})
    void nothingThere(String value) {
        ByteRange range = found(value);
        assertThat(range.isSatisfiable()).isFalse();
        assertThat(range.of(BODY.length)).isEqualTo("bytes */10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=", "bytes=-", "bytes=4-2", "bytes=1-2,4-5", "bytes=a-b", "items=0-1", "bytes = 0-1", ""})
    void theWhole(String value) {
        assertThat(range(value, null)).isNull();
    }

    @Test
    void onlyOfWhatTheClientHas() {
        assertThat(range("bytes=0-1", "\"a\"")).isNotNull();
        assertThat(range("bytes=0-1", "\"b\"")).isNull();
    }
}
