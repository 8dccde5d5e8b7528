package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.booking.Market;
import ihome.booking.OrderPayments;
import ihome.ledger.LedgerCheck;
import ihome.platform.config.BadSettings;
import ihome.platform.json.Json;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The operator's way to see and decide claims that guests dispute, beside the running server. */
class ClaimCommandTest {
    @Test
    void aDisputedClaimIsListedAndDecided() {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long order = market.booked(market.instantHouse(), 1, 2);
            assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
            server.advance(Duration.ofDays(2));
            String claims = "/orders/" + order + "/claims";
            String body = Json.text(Map.of("amount", 300, "reason", "落地灯\n被打碎"));
            long claim = market.host
                    .post(claims, body)
                    .expect("0")
                    .data()
                    .path("claim_id")
                    .asLong();
            assertThat(server.command("claim", "list")).isEqualTo("0 to decide\n");
            String[] decide = {"decide", Long.toString(claim), "120.50", "--reason", "灯已用了三年"};
            assertThatThrownBy(() -> server.command("claim", decide)).isInstanceOf(CommandFailed.class);
            market.guest
                    .put(claims + "/" + claim, Json.text(Map.of("action", "dispute", "text", "灯本来就坏")))
                    .expect("0");
            assertThat(server.command("claim", "list"))
                    .contains("claim " + claim + "  order " + order + "  300 yuan", "host: 落地灯 被打碎", "guest: 灯本来就坏")
                    .endsWith("1 to decide\n");
            assertThat(server.command("claim", decide))
                    .isEqualTo("claim " + claim + " of order " + order + " is decided: 120.50 yuan to the host\n");
            assertThatThrownBy(() -> server.command("claim", decide)).isInstanceOf(CommandFailed.class);
            assertThat(server.command("claim", "list")).isEqualTo("0 to decide\n");

            JsonNode decided = market.shown(order).path("claims").get(0);
            assertThat(decided.path("granted").asLong()).isEqualTo(12_050);
            assertThat(decided.path("decision").asString()).isEqualTo("灯已用了三年");
            assertThat(market.refundAll()).isEqualTo(37_950);
            assertThat(server.text("select decided_by from deposit_claim")).startsWith("operator ");
            assertThat(server.rows("identity_access where what = 'CLAIM_DECIDED' and account_id = "
                            + server.number("select guest_id::int from orders where id = " + order)))
                    .isEqualTo(1);
            assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
        }
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        Map<String, String> none = Map.of();
        for (Map.Entry<List<String>, String> wrong : Map.of(
                        List.<String>of(), "needs what to do: decide or list",
                        List.of("make"), "does not know the task make",
                        List.of("decide"), "needs the claim's number",
                        List.of("decide", "3"), "needs the amount in yuan",
                        List.of("decide", "three", "1"), "ID should be a number, and not three",
                        List.of("decide", "3", "1.234"), "AMOUNT should be an amount in yuan with at most two decimals",
                        List.of("decide", "3", "-1", "--reason", "x"), "AMOUNT should be an amount in yuan",
                        List.of("decide", "3", "1"), "needs --reason",
                        List.of("list", "3"), "does not take the argument 3")
                .entrySet()) {
            assertThatThrownBy(() -> Commands.run("claim", wrong.getKey(), none, System.out))
                    .as("%s", wrong.getKey())
                    .isInstanceOf(BadSettings.class)
                    .hasMessageContaining(wrong.getValue());
        }
    }
}
