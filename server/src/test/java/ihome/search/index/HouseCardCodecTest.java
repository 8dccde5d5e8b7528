package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packed cards come back as they were. */
class HouseCardCodecTest {
    private static final String PICTURE = "http://localhost:8080/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg";

    private static byte[] card(long id, String title, String picture) {
        return ("{\"house_id\":" + id + ",\"title\":\"" + title
                        + "\",\"price\":38800,\"area_name\":\"东城区\",\"img_url\":\"" + picture
                        + "\",\"room_count\":2,\"rating\":null,\"user_avatar\":\"\",\"ctime\":\"2026-06-01\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsCommonIsOneByte() {
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            samples.add(card(i, "院子 " + i, PICTURE));
        }
        HouseCardCodec cards = HouseCardCodec.of(samples);
        for (String title : List.of("院子", "", "\\\",\\\"title\\\":\\\"", "\\u0001\\n", "𠀀")) {
            for (String picture : List.of(PICTURE, "", "https://elsewhere/p/1.jpg")) {
                byte[] json = card(9_999_999_999L, title, picture);
                byte[] packed = cards.pack(json);
                byte[] into = new byte[json.length + 3];
                assertThat(HouseCardCodec.length(packed)).isEqualTo(json.length);
                assertThat(cards.unpack(packed, into, 3)).isEqualTo(into.length);
                assertThat(into).endsWith(json);
            }
        }
        assertThat(cards.pack(card(1, "院子", PICTURE)).length).isLessThan(card(1, "院子", PICTURE).length / 2);
    }

    @Test
    void withoutSamplesNothingIsCommon() {
        byte[] json = card(1, "院子", PICTURE);
        assertThat(HouseCardCodec.of(List.of()).pack(json)).endsWith(json).hasSize(json.length + 2);
    }
}
