package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.FaultProxy;
import ihome.testing.PoolingProxy;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under a running node the database goes back in time: in the place of the server comes another one that lacks its last
 * commits, as an asynchronous standby that is promoted, or as a disk's snapshot. What the node kept of commits that no longer
 * exist is not answered any more.
 */
@Tag("slow")
final class GoneBackTest {
    @TempDir
    private Path folder;

    /**
     * Protection: ChangeFollower.lookForTimeGoneBack; without it the house is shown from memory for two hours. And
     * Readiness discards the pool's connections when its own has ended; without it a server that is back within 500 ms
     * costs the first requests.
     *
     * @param promoted whether the other server is on a timeline of its own, as after a promotion or a recovery to a point in
     *     time; else it only stands at an earlier position
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALostCommitHasShownIsVoid(boolean promoted) throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        EmbeddedPostgres primary = EmbeddedPostgres.start(first);
        try (FaultProxy way = new FaultProxy(port(primary))) {
            try (TestServer server = TestServer.start(Map.of("IHOME_DATABASE_URL", url(primary, way)))) {
                ApiClient host = server.registered();
                long kept = SampleHouse.house().publish(host);
                awaitReady(server);
                way.cut();
                primary.close();
                copy(first, second);
                primary = EmbeddedPostgres.start(first);
                way.leadTo(port(primary));
                way.mend();
                awaitReady(server);
                long lost = SampleHouse.house().publish(host);
                server.awaitSearchIndex();
                assertShown(server, kept, lost, true);

                way.cut();
                primary.close();
                primary = EmbeddedPostgres.start(promoted ? promoted(second) : second);
                way.leadTo(port(primary));
                way.mend();
                awaitReady(server);
                Await.until(() -> server.hasHeardSince(System.nanoTime() - 200_000_000L));
                server.awaitSearchIndex();
                assertShown(server, kept, lost, false);
                // Transaction ids go on from an earlier one too: changes are followed from there.
                long later = SampleHouse.house().publish(host);
                assertThat(later).isEqualTo(lost);
                assertShown(server, kept, later, true);
            }
        } finally {
            primary.close();
        }
    }

    /**
     * A pooler's clients keep their connections when another server takes the place of the one before. Protection: the
     * comparison of positions at each look in ChangeFollower.look.
     */
    @Test
    void soItIsBehindAConnectionPooler() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        EmbeddedPostgres primary = EmbeddedPostgres.start(first);
        String base = url(primary);
        try (PoolingProxy pooler = new PoolingProxy(base)) {
            try (TestServer server = TestServer.start(
                    Map.of("IHOME_DATABASE_URL", base.replace(":" + port(primary) + "/", ":" + pooler.port() + "/")))) {
                long kept = SampleHouse.house().publish(server.registered());
                primary.close();
                copy(first, second);
                primary = EmbeddedPostgres.start(first);
                pooler.leadTo(url(primary));
                awaitReady(server);
                long lost = SampleHouse.house().publish(server.registered());
                server.awaitSearchIndex();
                assertShown(server, kept, lost, true);
                try (EmbeddedPostgres other = EmbeddedPostgres.start(promoted(second))) {
                    pooler.leadTo(url(other));
                    Await.until(
                            () -> server.client().get("/houses/" + lost).errno().equals("4002"));
                    server.awaitSearchIndex();
                    assertShown(server, kept, lost, false);
                    server.stop();
                }
            }
        } finally {
            primary.close();
        }
    }

    private static void assertShown(TestServer server, long kept, long lost, boolean shown) {
        // Twice: the second is answered by what the first has left in memory.
        for (int i = 0; i < 2; i++) {
            server.client().get("/houses/" + kept).expect("0");
            server.client().get("/houses/" + lost).expect(shown ? "0" : "4002");
            assertThat(server.client().get("/houses").data().path("houses").size())
                    .isEqualTo(shown ? 2 : 1);
        }
    }

    private static void awaitReady(TestServer server) {
        Await.until(
                "the node is ready", () -> server.client().get("//health/ready").status(), now -> now == 200);
    }

    private static int port(EmbeddedPostgres postgres) {
        return URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static String url(EmbeddedPostgres postgres, FaultProxy way) {
        return url(postgres).replace(":" + port(postgres) + "/", ":" + way.port() + "/");
    }

    private static String url(EmbeddedPostgres postgres) {
        return postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
    }

    /** Recovery that finds no more of the log ends, and begins a timeline of its own. */
    private static Path promoted(Path data) throws IOException {
        Path cluster = data.resolve("postgres").resolve("data");
        Files.createFile(cluster.resolve("recovery.signal"));
        Files.writeString(
                cluster.resolve("postgresql.auto.conf"), "restore_command = 'false'\n", StandardOpenOption.APPEND);
        return data;
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }
}
