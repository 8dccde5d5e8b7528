package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.DataFolderInUse;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.Reply;
import ihome.testing.SamplePicture;
import ihome.testing.SiteInDev;
import ihome.testing.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole data folder (PostgreSQL, pictures, outbox file) on a small disk of its own that becomes full: clear errors,
 * nothing half stored, and full service by itself when there is space again. Needs root on Linux, to mount that disk.
 */
@Tag("slow")
final class FullDiskTest {
    private static final String SIZE = "300m";

    @TempDir
    Path folder;

    private final List<Long> booked = new ArrayList<>();
    private final LocalDate first =
            LocalDate.now(java.time.ZoneId.of("Asia/Shanghai")).plusDays(10);
    private Path disk = Path.of("disk");
    private Path data = Path.of("data");
    private SiteInDev site = new SiteInDev(URI.create("http://127.0.0.1"), data);
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount a disk");
        disk = Files.createDirectories(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString());
        assumeTrue(mounted, "no disk can be mounted here");
        data = disk.resolve("data");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .inheritIO()
                .redirectErrorStream(true)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void itIsFullAndHasSpaceAgain() throws Exception {
        int port = FreePorts.next();
        site = new SiteInDev(URI.create("http://127.0.0.1:" + port), data);
        try (NodeProcess node = NodeProcess.start(
                Map.of("IHOME_DEV", "true", "IHOME_DATA", data.toString(), "IHOME_PORT", Integer.toString(port)),
                folder.resolve("node.log"))) {
            ApiClient host = site.registered("13700000001");
            ApiClient guest = site.registered("13700000002");
            long house = publish(host);
            upload(host, house).expect("0");
            long pictures = pictures();
            assertThat(book(guest, house)).isTrue();

            Path filler = fill();
            upload(host, house).expect("4301", "上传七牛云图片失败");
            assertThat(pictures()).as("no half picture").isEqualTo(pictures);
            ApiClient nobody = site.client();
            assertThat(List.of(200, 500))
                    .as("a captcha whose text cannot be written")
                    .contains(nobody.get("/imagecode/" + UUID.randomUUID()).status());
            nobody.get("//health/live").expectStatus(200);
            nobody.get("/houses/" + house).expect("0");
            bookUntilRefused(guest, house);
            fillTheLog();
            Set<Integer> statuses = Set.of(200, 503);
            assertThat(statuses).contains(site.client().get("//health/ready").status());

            Files.delete(filler);
            long back = System.nanoTime();
            Await.until(() -> site.client().get("//health/ready").status() == 200 && book(guest, house));
            System.out.println("FullDiskTest: books again " + (System.nanoTime() - back) / 1_000_000
                    + " ms after there is space; " + booked.size() + " orders");
            upload(host, house).expect("0");
            assertThat(pictures()).isEqualTo(2 * pictures);
            site.registered("13700000003");
            check();
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
    }

    private static long publish(ApiClient host) {
        return host.post("/houses", """
                        {"title": "压测", "price": "388", "address": "鼓楼", "area_id": 1, "room_count": 1, "acreage": 10,
                         "unit": "一室", "capacity": 2, "beds": "1", "deposit": "500", "min_days": 1, "max_days": 0,
                         "instant_booking": true}""").expect("0").data().path("house_id").asLong();
    }

    private static Reply upload(ApiClient host, long house) {
        return host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg(1_200, 800));
    }

    private long pictures() {
        return StoredFiles.below(data.resolve("blobs")).size();
    }

    /** One night after the other; only what was acknowledged is noted. */
    private boolean book(ApiClient guest, long house) {
        LocalDate night = first.plusDays(booked.size());
        Reply reply = Market.book(guest, house, night, night.plusDays(1));
        if (reply.status() != 200 || !reply.errno().equals("0")) {
            return false;
        }
        booked.add(reply.data().path("order_id").asLong());
        return true;
    }

    /** While files have room inside, orders are still taken; then they are refused, and the refusal is the database's. */
    private void bookUntilRefused(ApiClient guest, long house) {
        for (int i = 0; i < 200; i++) {
            if (!book(guest, house)) {
                return;
            }
        }
    }

    /** Takes the last byte. */
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        ByteBuffer block = ByteBuffer.allocate(64 * 1024);
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (true) {
                block.clear();
                channel.write(block);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    /** The write-ahead log has no room either: PostgreSQL ends with a PANIC, and is started again and again. */
    private void fillTheLog() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1))) {
            for (int i = 0; i < 100; i++) {
                database.withConnection(handle -> handle.createQuery(
                                "select pg_logical_emit_message(false, 'full', repeat('x', 1000000))::text")
                        .mapTo(String.class)
                        .one());
            }
            throw new AssertionError("the log had room for 100 MB");
        } catch (JdbiException | UncheckedIOException | DataFolderInUse expected) {
            // The last of them: the orders before have filled it, and nobody can be let in.
            System.out.println("FullDiskTest: " + expected.getMessage());
        }
    }

    private void check() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1))) {
            assertThat(ids(database, "select id from orders")).containsAll(booked);
            assertThat(ids(database, """
                            select o.id from orders o
                            where (select count(*) from order_line l where l.order_id = o.id) <> 1
                               or (select count(*) from night_claim c where c.order_id = o.id) <> 1
                            """)).as("half written").isEmpty();
            assertThat(LedgerCheck.run(database).findings()).isEmpty();
        }
    }

    private static List<Long> ids(Database database, String sql) {
        return database.withConnection(
                handle -> handle.createQuery(sql).mapTo(Long.class).list());
    }
}
