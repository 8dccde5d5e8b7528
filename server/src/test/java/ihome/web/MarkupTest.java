package ihome.web;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.responsecache.AcceptedEncodings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void aTitleCannotLeaveItsTag() {
        String title = "</title><script>alert('1')</script>\" onload=\"x";
        Head head = Head.of(Language.CHINESE, title, title, "/houses/1", true)
                .with("http://x/\"><b>_480.jpg", Pictures.CARD, List.of(Map.of("name", "</script><!-- & \u2028")));
        String html = head.html("http://site", "爱家");
        assertThat(html)
                .doesNotContain("<script>", "onload=\"", "<b>", "<!--", "\u2028")
                .containsOnlyOnce("</script>")
                .containsOnlyOnce("</title>")
                .contains("&lt;/title&gt;", "\\u003c/script\\u003e");
    }

    @Test
    void whatAClientAcceptsIsRead() {
        assertThat(AcceptedEncodings.of("gzip, deflate, br")).isEqualTo(new AcceptedEncodings(true, true));
        assertThat(AcceptedEncodings.of("br;q=0, GZIP;q=0.5")).isEqualTo(new AcceptedEncodings(false, true));
        assertThat(AcceptedEncodings.of("")).isEqualTo(new AcceptedEncodings(false, false));
        assertThat(AcceptedEncodings.of("brotli, xgzip;q=0.000")).isEqualTo(new AcceptedEncodings(false, false));
    }
}
