package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.booking.Market;
import ihome.booking.OrderPayments;
import ihome.platform.config.BadSettings;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operator's way to see and decide reports of reviews, beside the running server. */
class ReportsCommandTest {
    private static long report(ApiClient who, long order) {
        return who.post(
                        "/reports",
                        Json.text(Map.of("kind", "review", "id", order, "reason", "offensive", "text", "骂人\n的话")))
                .expect("0")
                .data()
                .path("report_id")
                .asLong();
    }

    @Test
    void aReportIsListedAndDecided() {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long house = market.instantHouse();
            long order = market.booked(house, 1, 2);
            assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
            server.advance(Duration.ofDays(2));
            market.guest
                    .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "很差", "stars", 1)))
                    .expect("0");
            market.host
                    .put("/orders/" + order + "/guest-review", Json.text(Map.of("stars", 2, "text", "很吵")))
                    .expect("0");
            long ofGuest = report(market.host, order);
            long ofHost = report(market.guest, order);
            assertThat(server.command("reports", "list"))
                    .contains(
                            "report " + ofGuest + "  order " + order + "  of the guest's review  offensive",
                            "  review: 很差",
                            "  report: 骂人 的话",
                            "report " + ofHost + "  order " + order + "  of the host's review",
                            "  review: 很吵")
                    .endsWith("2 to decide\n");
            assertThat(detail(server, house).path("rating").asDouble()).isEqualTo(1);

            String[] hide = {"decide", Long.toString(ofGuest), "hide", "--reason", "辱骂"};
            assertThat(server.command("reports", hide))
                    .isEqualTo("report " + ofGuest + " is decided: the review of order " + order + " is hidden\n");
            assertThatThrownBy(() -> server.command("reports", hide)).isInstanceOf(CommandFailed.class);
            server.command("reports", "decide", Long.toString(ofHost), "keep", "--reason", "不违规");
            assertThat(server.command("reports", "list")).isEqualTo("0 to decide\n");

            Await.until(() -> detail(server, house).path("rating").isNull());
            assertThat(detail(server, house).path("comments")).isEmpty();
            assertThat(market.shown(order).path("review").path("hidden").asBoolean())
                    .as("its writer reads it")
                    .isTrue();
            JsonNode asHost = market.host.get("/orders/" + order).expect("0").data();
            assertThat(asHost.path("review").isNull()).isTrue();
            assertThat(market.shown(order).path("guest_review").path("text").asString())
                    .isEqualTo("很吵");
            assertThat(server.text("select decided_by || ' ' || note from review_report where id = " + ofGuest))
                    .startsWith("operator ")
                    .endsWith("辱骂");
        }
    }

    private static JsonNode detail(TestServer server, long house) {
        return server.client().get("/houses/" + house).expect("0").data().path("house");
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        Map<String, String> none = Map.of();
        for (Map.Entry<List<String>, String> wrong : Map.of(
                        List.<String>of(), "needs what to do: decide or list",
                        List.of("make"), "does not know the task make",
                        List.of("decide"), "needs the report's number",
                        List.of("decide", "three", "hide"), "ID should be a number, and not three",
                        List.of("decide", "3", "burn", "--reason", "x"),
                                "DECISION should be hide or keep, and not burn",
                        List.of("decide", "3", "hide"), "needs --reason")
                .entrySet()) {
            assertThatThrownBy(() -> Commands.run("reports", wrong.getKey(), none, System.out))
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }
}
