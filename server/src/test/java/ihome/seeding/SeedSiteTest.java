package ihome.seeding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeListener;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.time.SiteTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class SeedSiteTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T04:00:00Z"), ZoneOffset.UTC);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Path REAL = Path.of("../../shared/data/beijing-listings.csv");
    private static final String STRUCTURE = """
            select pg_get_constraintdef(oid) || conname || conrelid::regclass from pg_constraint
            where connamespace = 'public'::regnamespace
            union all select indexdef from pg_indexes where schemaname = 'public'
            union all select tgrelid::regclass || tgname || tgenabled::text from pg_trigger where not tgisinternal order by 1
            """;

    private final Database database = open(TestPostgres.migratedDatabase());
    private final ChangeLog changes = new ChangeLog(database);
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private static Database open(TestPostgres.Database fresh) {
        return new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 4));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SeedSummary seed(SeedOptions options) throws Exception {
        return new SeedSite(database, changes, pictures::put, new SiteTime(CLOCK, ZONE))
                .run(options, Progress.silent());
    }

    private static SeedOptions options(int houses, long stays) {
        return new SeedOptions(houses, stays, Optional.empty(), false, false);
    }

    private List<String> query(String sql) {
        return database.withConnection(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private void execute(String sql) {
        database.withConnection(handle -> handle.execute(sql));
    }

    @Test
    void addsWhatItWasAskedForAndLeavesTheStructureAsItWas() throws Exception {
        List<String> before = query(STRUCTURE);

        SeedSummary summary = seed(options(2_000, 9_000));

        assertThat(query(STRUCTURE)).isEqualTo(before);
        assertThat(summary.houses()).isEqualTo(2_000);
        assertThat(query("select count(*) from house")).containsExactly("2000");
        assertThat(query("select count(*) from account")).containsExactly(Long.toString(summary.hosts()));
        assertThat(summary.hosts()).isBetween(900L, 1_100L);
        assertThat(query("select count(*) from night_claim")).containsExactly(Long.toString(summary.nights()));
        assertThat(summary.nights()).isBetween(43_000L, 47_000L);
        assertThat(query("select distinct kind from night_claim")).containsExactly("IMPORT");
        assertThat(query("select min(night) >= '2026-03-01' and max(night) < '2027-03-01' from night_claim"))
                .containsExactly("t");
        assertThat(query("select count(distinct facility_id) from house_facility"))
                .containsExactly("23");
        assertThat(query("select count(*) from house where facility_mask <> facility_mask_of(id)"))
                .containsExactly("0");
        assertThat(query("select count(distinct min_days) > 3 and count(distinct max_days) > 2 from house"))
                .containsExactly("t");
        assertThat(query("select count(*) from house where main_image is not null"))
                .containsExactly("0");
    }

    @Test
    void districtsHaveTheirShares() throws Exception {
        seed(options(9_344, 0));
        assertThat(query("""
                        select area.name || ' ' || count(*) from house join area on area.id = area_id
                        group by area.name order by count(*) desc limit 3
                        """)).containsExactly("朝阳区 3166", "海淀区 873", "丰台区 800");
        assertThat(query("""
                        select percentile_cont(0.5) within group (order by price) between 200000 and 340000 from house
                        """)).containsExactly("t");
    }

    @Test
    void isTheSameEveryTime() throws Exception {
        String rows = """
                select md5(string_agg(h::text || (select coalesce(string_agg(night::text, ',' order by night), '')
                                                  from night_claim where house_id = h.id), '|' order by h.id))
                from house h
                """;
        seed(options(300, 1_500));
        List<String> first = query(rows);
        try (Database other = open(TestPostgres.migratedDatabase())) {
            new SeedSite(other, new ChangeLog(other), pictures::put, new SiteTime(CLOCK, ZONE))
                    .run(options(300, 1_500), Progress.silent());
            List<String> second = other.withConnection(
                    handle -> handle.createQuery(rows).mapTo(String.class).list());
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void addsToWhatIsThereAndLeavesRoomForMore() throws Exception {
        seed(options(100, 500));
        seed(options(50, 100));
        execute("""
                insert into account (name, mobile, created_at) values ('客', '13900000000', now());
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, created_at)
                select id, 't', 1, 1, 'a', 1, 1, 'u', 1, 'b', 0, 1, 0, now() from account where name = '客';
                """);
        assertThat(query("select count(*) from house")).containsExactly("151");
        assertThat(query("select max(id) from house")).containsExactly("151");
    }

    @Test
    void housesShareTheDrawnPictures() throws Exception {
        SeedSummary summary = seed(new SeedOptions(60, 0, Optional.empty(), true, false));
        assertThat(query("select count(*) from house_image")).containsExactly("180");
        assertThat(query("select count(distinct picture) from house_image"))
                .containsExactly(Integer.toString(summary.pictures()));
        assertThat(pictures).isNotEmpty();
    }

    @Test
    void multipliesAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("two.csv"), """
                id,host_id,neighbourhood,name,price,amenities
                1,1,东城区,One,100,"[""Wifi""]"
                2,1,西城区,Two,200,"[""Wifi""]"
                """);
        seed(new SeedOptions(5, 0, Optional.of(file), false, false));
        assertThat(query("select title || ' ' || area_id from house order by id"))
                .containsExactly("One 1", "Two 2", "One 2号 1", "Two 2号 2", "One 3号 1");
        assertThat(query("select price from house order by id limit 2")).containsExactly("10000", "20000");
        assertThat(query("select distinct facility_id from house_facility")).containsExactly("1");
        assertThat(query("select bool_and(price % 100 = 0 and price between 5000 and 40000) from house"))
                .containsExactly("t");
    }

    @Test
    void multipliesTheRealListings() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(REAL), "the real listings are not on this machine");
        seed(new SeedOptions(10_000, 1_000, Optional.of(REAL), false, false));
        assertThat(query("select count(*) from house join area on area.id = area_id where area.name = '朝阳区'"))
                .first()
                .satisfies(count -> assertThat(Integer.parseInt(count)).isBetween(3_100, 3_600));
    }

    @Test
    void refusesASiteThatPeopleUse() throws Exception {
        execute("insert into account (name, mobile, created_at) values ('客', '13900000000', now())");

        assertThatThrownBy(() -> seed(options(10, 10)))
                .isInstanceOf(SeedRefused.class)
                .hasMessageContaining("--beside-real-data");
        assertThat(query("select count(*) from house")).containsExactly("0");

        seed(new SeedOptions(10, 10, Optional.empty(), false, true));
        assertThat(query("select count(*) from house")).containsExactly("10");
    }

    @Test
    void aBadFileChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> seed(new SeedOptions(5, 0, Optional.of(file), false, false)))
                .isInstanceOf(UnusableFile.class);
        assertThat(query("select count(*) from house")).containsExactly("0");
    }

    @Test
    void aFailureLeavesNothingAndTheStructureAsItWas() throws Exception {
        // The name that the third host would get.
        execute("insert into account (name, external_id, created_at) values ('李房东·3', 'x', now())");
        List<String> before = query(STRUCTURE);

        assertThatThrownBy(() -> seed(options(20, 50))).hasMessageContaining("account_name_key");

        assertThat(query(STRUCTURE)).isEqualTo(before);
        assertThat(query("select (select count(*) from house) + (select count(*) from account)"))
                .containsExactly("1");
    }

    @Test
    void listenersHearThatAnythingMayHaveChanged() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        changes.listen(new ChangeListener() {
            @Override
            public void changed(Set<ChangeKey> changeKeys) {
                throw new AssertionError(changeKeys);
            }

            @Override
            public void invalidateAll() {
                heard.incrementAndGet();
            }
        });
        seed(options(10, 10));
        assertThat(heard).hasValue(1);
        assertThat(query("select topic from change_log")).containsExactly("anything");
    }
}
