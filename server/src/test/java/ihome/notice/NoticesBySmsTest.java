package ihome.notice;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.platform.sms.CloopenService;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Host and guest are told by text message where a provider has a template for that. */
class NoticesBySmsTest {
    private static final LocalDate DAY = Market.TODAY.plusDays(1);

    private CloopenService sms;
    private Market market;
    private TestServer node;
    private ApiClient host;
    private ApiClient guest;

    /** People register where codes go to the outbox file; then that node stops and one with a provider goes on. */
    @BeforeEach
    void open() {
        sms = new CloopenService();
        market = new Market();
        Map<String, String> provider = new HashMap<>(sms.environment());
        provider.put("IHOME_CLOOPEN_NOTICE_TEMPLATE_ID", "2");
        node = market.server.anotherNode(provider);
        host = node.client().session(market.host.session());
        guest = node.client().session(market.guest.session());
    }

    @AfterEach
    void close() {
        node.close();
        market.close();
        sms.close();
    }

    private int messages() {
        return node.number("select count(*) from outbox where kind = 'notice'");
    }

    @Test
    void eachIsSentWhatHappenedInOurWordsOnly() {
        long house = market.house();
        market.server.stop();
        long order = Market.order(Market.book(guest, house, DAY, DAY.plusDays(1)));
        Market.act(host, order, "reject").expect("0");
        assertThat(guest.get("/user/notices").expect("0").text()).contains("房东没有接单：行程有变");
        node.advance(Duration.ofSeconds(31));
        Await.until("three messages have been sent", () -> sms.received().size(), now -> now == 3);
        List<String> sent = sms.received().stream()
                .map(message -> message.path("templateId").asString() + " "
                        + message.path("datas").toString())
                .toList();
        assertThat(sent)
                .containsExactlyInAnyOrder(
                        "2 [\"" + order + "\",\"预订已提交，等待房东接单\"]",
                        "2 [\"" + order + "\",\"收到预订请求，请尽快回复\"]",
                        "2 [\"" + order + "\",\"房东没有接单\"]");
    }

    /** Placing and cancelling all day costs its twenty messages, and is on the page of notices all the same. */
    @Test
    void nobodyIsSentMoreThanTwentyADay() {
        long house = market.house();
        market.server.stop();
        for (int i = 0; i < 11; i++) {
            long order = Market.order(Market.book(guest, house, DAY, DAY.plusDays(1)));
            Market.act(guest, order, "cancel").expect("0");
        }
        assertThat(messages()).isEqualTo(40);
        assertThat(node.rows("notice")).isEqualTo(44);
        node.advance(Duration.ofDays(1));
        Market.book(guest, house, DAY.plusDays(1), DAY.plusDays(2)).expect("0");
        assertThat(messages()).isEqualTo(42);
    }
}
