package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.config.BadSettings;
import ihome.platform.json.Json;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator's way to see and settle what payments leave undecided. */
class PaymentsCommandTest {
    /** The money of a guest whose refund the provider refuses was sent by hand: then the account can be erased. */
    @Test
    void aSettledRefundLetsItsGuestGo() {
        // Payments of another provider than the one of today: nobody can send them back by themselves.
        try (Market market = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            TestServer server = market.server;
            try (TestServer paying = server.anotherNode(Map.of("IHOME_PAYMENT", "cashier"))) {
                long order = Market.order(Market.book(
                        paying.client().session(market.guest.session()),
                        market.instantHouse(),
                        Market.TODAY.plusDays(10),
                        Market.TODAY.plusDays(11)));
                market.pay(order, "alipay-of-old");
                Market.act(market.guest, order, "cancel").expect("0");
                server.sql("update refund set attempts = 5");
                Await.until(() -> {
                    server.sql("update refund set next_attempt = '-infinity' where refused_at is null");
                    paying.payments().refund();
                    return server.number("select count(*) from refund where refused_at is not null") == 1;
                });
                assertThat(server.command("payments", "list"))
                        .contains(
                                "refund-1",
                                "order " + order,
                                "taken by an unknown provider, and payments are taken by cashier now",
                                "1 to settle");
                String password = Json.text(Map.of("password", TestServer.PASSWORD));
                market.guest
                        .send("DELETE", "/user", "application/json", BodyPublishers.ofString(password))
                        .expect("4201", "还有未结清的款项，结清后才能注销");
                assertThatThrownBy(() -> server.command("payments", "settle", "--item", "refund-1", "--as", "made"))
                        .isInstanceOf(BadSettings.class)
                        .hasMessageContaining("--reason");
                assertThatThrownBy(() -> server.command(
                                "payments", "settle", "--item", "refund-1", "--as", "platform", "--reason", "x"))
                        .isInstanceOf(CommandFailed.class);
                assertThat(server.command(
                                "payments",
                                "settle",
                                "--item",
                                "refund-1",
                                "--as",
                                "made",
                                "--reason",
                                "银行转账 20260601"))
                        .contains("refund-1 is settled");
                assertThat(server.command("payments", "list")).isEqualTo("0 to settle\n");
                assertThat(server.text("select how || ' ' || reason from payment_settlement"))
                        .isEqualTo("MADE 银行转账 20260601");
                assertThat(server.rows("identity_access where what = 'PAYMENT_SETTLED' and account_id = "
                                + server.number("select guest_id::int from orders where id = " + order)))
                        .isEqualTo(1);
                assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
                market.guest
                        .send("DELETE", "/user", "application/json", BodyPublishers.ofString(password))
                        .expect("0");
            }
        }
    }
}
