package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.booking.Market;
import ihome.booking.OrderPayments;
import ihome.platform.config.BadSettings;
import ihome.platform.json.Json;
import ihome.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A day's arrivals for the local register. */
class OccupantsCommandTest {
    @Test
    void aDaysArrivalsAreWrittenAndThatIsOnRecord() {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long house = market.house(Map.of("instant_booking", true, "title", "=HYPERLINK(\"x\")"));
            long order = market.booked(house, 1, 3);
            assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
            market.guest
                    .put(
                            "/orders/" + order + "/occupants",
                            Json.text(Map.of(
                                    "occupants",
                                    List.of(Map.of("name", "王小明", "id_type", "passport", "id_number", "E12345678")))))
                    .expect("0");
            String head = "order_id,arrival,departure,house,address,name,id_type,id_number,mobile\n";
            assertThat(server.command("occupants", "export", "--date", "2026-06-02"))
                    .isEqualTo(head + order + ",2026-06-02,2026-06-04,\"'=HYPERLINK(\"\"x\"\")\",鼓楼东大街,王小明,passport,"
                            + "E12345678,\n");
            assertThat(server.command("occupants", "export", "--date", "2026-06-03"))
                    .isEqualTo(head);
            assertThat(server.rows("identity_access where what = 'OCCUPANTS_EXPORTED' and who like 'operator %'"))
                    .isEqualTo(2);
            for (List<String> wrong : List.of(
                    List.of("export"),
                    List.of("export", "--date", "2026-13-01"),
                    List.of("list", "--date", "2026-06-02"))) {
                assertThatThrownBy(() -> server.command("occupants", wrong.toArray(String[]::new)))
                        .isInstanceOf(BadSettings.class);
            }
            Market.act(market.guest, order, "cancel").expect("0");
            assertThat(server.command("occupants", "export", "--date", "2026-06-02"))
                    .isEqualTo(head);
        }
    }
}
