package ihome.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RealListingsTest {
    /** From the module's folder. */
    private static final Path FILE = Path.of("../../shared/data/beijing-listings.csv");

    @Test
    void everyRealListingIsImported() throws Exception {
        assumeTrue(Files.exists(FILE), "skipped: no real listings in ../shared/data");
        ImportFixture site = new ImportFixture();

        ImportSummary summary = site.listingImport(ImportOptions.DEFAULT).run(FILE, Progress.silent());

        System.out.println("real listings: " + summary.text());
        assertThat(summary.firstSkipped()).isEmpty();
        assertThat(summary.added()).isEqualTo(9_344);
        assertThat(summary.hosts()).isEqualTo(4_670);
        assertThat(site.query("select sum(price) from house where price between 36568 and 5746400"))
                .isEqualTo(site.query("select sum(price) from house"));
        assertThat(site.query("select count(distinct area_id) from house")).containsExactly("16");
        assertThat(site.query("select count(*) from house_image")).containsExactly("28032");
        assertThat(site.query("select count(*) from house where char_length(title) not between 1 and 128"))
                .containsExactly("0");
        assertThat(site.listingImport(ImportOptions.DEFAULT)
                        .run(FILE, Progress.silent())
                        .added())
                .isZero();
    }

    @Test
    void picturesAreLeftOutOnRequest() throws Exception {
        assumeTrue(Files.exists(FILE), "skipped: no real listings in ../shared/data");
        ImportFixture site = new ImportFixture();

        ImportSummary summary = site.run(FILE);

        System.out.println("real listings, no pictures: " + summary.text());
        assertThat(summary.added()).isEqualTo(9_344);
        assertThat(summary.pictures()).isZero();
        assertThat(site.query("select count(*) from house where main_image is not null"))
                .containsExactly("0");
    }
}
