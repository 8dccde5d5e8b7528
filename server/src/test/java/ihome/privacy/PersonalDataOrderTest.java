package ihome.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.account.AccountModule;
import ihome.booking.Market;
import ihome.identity.IdentityModule;
import ihome.module.ExportedList;
import ihome.module.FeatureModule;
import ihome.module.PersonalData;
import ihome.photo.PhotoModule;
import ihome.platform.session.Sessions;
import ihome.testing.ApiClient;
import ihome.testing.Golden;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order in which features are asked for personal data means nothing. */
class PersonalDataOrderTest {
    private final Random random = new Random(20_260_601);

    private List<PersonalData> shuffled(TestServer server) {
        List<FeatureModule> modules = new ArrayList<>(server.modules());
        Collections.shuffle(modules, random);
        return modules.stream()
                .flatMap(module -> module.personalData().stream())
                .toList();
    }

    private EraseAccount erasure(TestServer server) {
        return new EraseAccount(
                server.platform(),
                server.module(AccountModule.class),
                server.module(IdentityModule.class).audit(),
                server.module(PhotoModule.class).removal(),
                () -> shuffled(server));
    }

    private ExportAccount export(TestServer server) {
        return new ExportAccount(
                server.platform(),
                server.module(AccountModule.class).ownAccount(),
                server.module(IdentityModule.class).audit(),
                new Sessions(server.platform().ephemeral(), Duration.ofDays(90), 100, server.clock()),
                () -> shuffled(server));
    }

    @Test
    void everyListHasANameOfItsOwn() {
        try (TestServer server = TestServer.start()) {
            assertThat(shuffled(server).stream()
                            .flatMap(data -> data.exports().stream())
                            .map(ExportedList::name))
                    .hasSizeGreaterThan(15)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void exportsAndErasuresAreTheSameInAnyOrder() {
        try (PersonalDataScene scene = new PersonalDataScene().play()) {
            for (ApiClient who : List.of(scene.guest, scene.host)) {
                List<Map.Entry<String, Object>> first = exported(scene, who);
                for (int i = 0; i < 3; i++) {
                    assertThat(exported(scene, who)).isEqualTo(first);
                }
            }
            String erasures = "-- guest\n" + erased(scene, scene.guest) + "-- host\n" + erased(scene, scene.host);
            Golden.check("erasure.golden.txt", erasures);
        }
    }

    /** But for the record of exports, in which this one is as well. */
    private List<Map.Entry<String, Object>> exported(PersonalDataScene scene, ApiClient who) {
        scene.server.forgetLimits();
        Map<String, Object> export = export(scene.server).run(scene.idOf(who), Optional.empty());
        export.put("identity_access", List.of());
        return List.copyOf(export.entrySet());
    }

    private String erased(PersonalDataScene scene, ApiClient who) {
        long account = scene.idOf(who);
        EraseAccount erasure = erasure(scene.server);
        return scene.changesBy(() -> erasure.run(account, TestServer.PASSWORD));
    }

    /** An open order is told before money that is under way, whoever is asked first. */
    @Test
    void theFirstOfSeveralObstaclesIsTheSameInAnyOrder() {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long order = market.booked(market.house(), 1, 3);
            openPayment(server);
            long guest = market.guest.get("/user").data().path("user_id").asLong();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> erasure(server).run(guest, TestServer.PASSWORD))
                        .hasMessageContaining(PrivacyProblem.OPEN_ORDERS.message());
            }
            Market.act(market.guest, order, "cancel").expect("0");
            openPayment(server);
            assertThatThrownBy(() -> erasure(server).run(guest, TestServer.PASSWORD))
                    .hasMessageContaining(PrivacyProblem.MONEY_OWED.message());
        }
    }

    /** One that nobody asks the provider about: to cancel an order has its payment closed soon. */
    private static void openPayment(TestServer server) {
        server.sql("delete from payment");
        server.sql("insert into payment (trade, order_id, provider, amount, expires_at, created_at, next_check)"
                + " select gen_random_uuid(), id, 'cashier', 1, 'infinity', created_at, 'infinity' from orders");
    }
}
