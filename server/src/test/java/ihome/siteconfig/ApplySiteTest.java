package ihome.siteconfig;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code check} accepts is applied. Protection: {@code SitePlan.Difference.changedOrRemoved}; where only the names of what
 * is changed are free, a city or area that takes the name of one that goes ends in a unique violation.
 */
class ApplySiteTest {
    private static final List<String> NAMES = List.of("北京", "上海", "city 1", "city 2", "area 1", "area 2", "Centrum");

    private Database database;
    private ApplySite site;

    @BeforeEach
    void connect() {
        TestPostgres.Database migrated = TestPostgres.migratedDatabase();
        database = new Database(new DatabaseConfig(migrated.jdbcUrl(), migrated.user(), migrated.password(), 2));
        site = new ApplySite(database, new ChangeLog(database));
    }

    @AfterEach
    void end() {
        database.close();
    }

    private static SiteFile.Area area(int id, String name) {
        return new SiteFile.Area(id, name, name, true, List.of());
    }

    private static SiteFile.City city(int id, String name, SiteFile.Area... areas) {
        return new SiteFile.City(id, name, name, 1, 2, List.of(areas));
    }

    private void applies(List<SiteFile.City> cities, List<SiteFile.Facility> facilities) {
        SiteFile file = new SiteFile(SiteSettings.DEFAULT, cities, facilities);
        site.check(file);
        site.run(file);
        assertThat(site.current()).isEqualTo(file);
        assertThat(site.check(file)).isEqualTo("nothing to change");
    }

    private void applies(SiteFile.City... cities) {
        applies(List.of(cities), List.of());
    }

    @Test
    void anotherCityTakesTheNameOfOneThatGoes() {
        applies(city(10, "北京", area(1, "东城区")));
        applies(city(10, "北京", area(1, "东城区")), city(2, "上海", area(2, "黄浦区")));
        applies(city(10, "上海", area(1, "东城区")));
    }

    @Test
    void namesThatLookLikeWhatIsWrittenInBetween() {
        applies(city(1, "city 2", area(1, "area 2")), city(2, "city 1", area(2, "东城区")));
        applies(city(1, "city 1", area(1, "area 2"), area(2, "area 1")), city(2, "city 2", area(3, "area 2")));
    }

    @Test
    void aFacilityTakesTheNameOfOneThatGoes() {
        List<SiteFile.City> cities = List.of(city(1, "北京", area(1, "东城区")));
        applies(cities, List.of(new SiteFile.Facility(24, "a", "a"), new SiteFile.Facility(25, "b", "b")));
        applies(cities, List.of(new SiteFile.Facility(25, "a", "a")));
        applies(cities, List.of(new SiteFile.Facility(24, "facility 25", "x"), new SiteFile.Facility(25, "b", "b")));
    }

    @Test
    void oneFileAfterAnother() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<String> names = shuffled(NAMES, random);
            List<Integer> ids = shuffled(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), random);
            List<SiteFile.City> cities = new ArrayList<>();
            int used = 0;
            for (int i = 0; i <= random.nextInt(3); i++) {
                List<String> areaNames = shuffled(NAMES, random);
                List<SiteFile.Area> areas = new ArrayList<>();
                for (int j = 0; j <= random.nextInt(3); j++) {
                    areas.add(area(ids.get(used++), areaNames.get(j)));
                }
                areas.sort(Comparator.comparingInt(SiteFile.Area::id));
                cities.add(new SiteFile.City(ids.get(i), names.get(i), names.get(i), 1, 2, areas));
            }
            applies(cities, List.of());
        }
    }

    /** The table has the bound that the file and the search have. */
    @Test
    void noCityHasAHigherId() {
        String check = database.withConnection(handle -> handle.createQuery(
                        "select pg_get_constraintdef(oid) from pg_constraint where conname = 'city_id_check'")
                .mapTo(String.class)
                .one());
        assertThat(check).contains("id <= " + SiteFile.HIGHEST_CITY + ")");
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        List<T> list = new ArrayList<>(all);
        Collections.shuffle(list, random);
        return list;
    }
}
