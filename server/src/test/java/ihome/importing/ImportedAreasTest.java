package ihome.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.siteconfig.SiteFile;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Areas that an import makes. */
final class ImportedAreasTest {
    private static final String SUMMARY = "id,name,host_id,host_name,neighbourhood_group,neighbourhood,latitude,"
            + "longitude,room_type,price,minimum_nights,number_of_reviews";

    private final ImportFixture site = new ImportFixture();

    @TempDir
    private Path folder;

    private Path listings(String... areas) throws Exception {
        String[] lines = new String[areas.length + 1];
        lines[0] = SUMMARY;
        for (int i = 0; i < areas.length; i++) {
            lines[i + 1] = (i + 1) + ",a,60001,Ann,," + areas[i] + ",39,116,Private room,100,1,0";
        }
        return ImportFixture.file(folder, lines);
    }

    private ImportSummary run(Path file) throws Exception {
        ImportOptions usual = ImportOptions.DEFAULT.withoutPictures();
        return site.listingImport(new ImportOptions(usual.pictures(), usual.zone(), 1, usual.source()))
                .run(file, Progress.silent());
    }

    /** Protection: NEW_AREAS looks at new houses only; the same file made an area anew that was renamed since. */
    @Test
    void theSameFileASecondTimeMakesNone() throws Exception {
        Path file = listings("De Pijp", "Noord");
        run(file);
        site.execute("update area set name = '诺德' where name = 'Noord'");
        site.execute("delete from change_log");
        run(file);
        assertThat(site.query("select name from area where id > 16 order by id"))
                .containsExactly("De Pijp", "诺德");
        assertThat(site.query("select topic from change_log")).isEmpty();
    }

    /** Protection: the order of free ids in ADD_AREAS; a link to an area of before would lead to another one. */
    @Test
    void newOnesHaveIdsAboveAllThereAre() throws Exception {
        site.execute("delete from area where id = 3");
        site.execute("insert into area (id, city_id, name) values (40, 1, 'Oost')");
        run(listings("De Pijp", "Noord"));
        assertThat(site.query("select id || ' ' || name from area where name ~ '^[A-Z]' order by id"))
                .containsExactly("40 Oost", "41 De Pijp", "42 Noord");
    }

    /** Protection: the bound of the ids; site apply refuses those from 10,000 on. */
    @Test
    void whereTheHighestIdIsTakenNewOnesHaveTheLowestFreeOnes() throws Exception {
        site.execute("insert into area (id, city_id, name) values (" + SiteFile.HIGHEST_AREA + ", 1, 'Oost')");
        site.execute("delete from area where id = 3");
        site.execute("delete from change_log");
        run(listings("De Pijp", "Noord", "De Pijp", "Oost"));
        assertThat(site.query("select id || ' ' || name from area where name ~ '^[A-Z]' order by id"))
                .containsExactly("3 De Pijp", "17 Noord", SiteFile.HIGHEST_AREA + " Oost");
        assertThat(site.query("select distinct topic from change_log where topic !~ ':' order by 1"))
                .contains("areas", "site");
    }

    /** Protection: the count in ImportStore.addAreas. */
    @Test
    void moreThanASiteMayHaveAreRefused() throws Exception {
        site.execute("insert into area (id, city_id, name) select 1000 + n, 1, 'area ' || n"
                + " from generate_series(1, " + (SiteFile.MOST_AREAS - 17) + ") as numbers (n)");
        Path file = listings("De Pijp", "Noord");
        assertThatThrownBy(() -> run(file))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("2001 areas: it may have 2000");
        assertThat(site.query("select count(*) from house")).containsExactly("0");
        assertThat(site.query("select count(*) from area")).containsExactly("1999");
        run(listings("De Pijp"));
        assertThat(site.query("select count(*) from area")).containsExactly("2000");
    }

    /** As a site file may call them: NFC, at most 60 characters. Protection: TextRule in Fields.place. */
    @Test
    void theyHaveNamesThatASiteFileMayGive() throws Exception {
        String name = "Östermalm";
        String longest = "😀".repeat(SiteFile.LONGEST_NAME);
        ImportSummary summary =
                run(listings(Normalizer.normalize(name, Normalizer.Form.NFD), name, longest, "x".repeat(61)));
        assertThat(summary.added()).isEqualTo(3);
        assertThat(site.query("select name from area where id > 16 order by id"))
                .containsExactly(name, longest);
    }
}
