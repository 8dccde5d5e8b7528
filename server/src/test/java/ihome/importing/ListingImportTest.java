package ihome.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListingImportTest {
    private static final String DERIVED =
            "room_id,host_id,neighbourhood,name,latitude,longitude,room_type,accommodates,"
                    + "bedrooms,beds,price,instant_bookable,first_review,last_review,number_of_reviews,review_scores_rating";
    private static final String SUMMARY = "id,name,host_id,host_name,neighbourhood_group,neighbourhood,latitude,"
            + "longitude,room_type,price,minimum_nights,number_of_reviews";
    private static final String DETAILED = "id,listing_url,name,host_id,host_name,neighbourhood,neighbourhood_cleansed,"
            + "latitude,longitude,room_type,accommodates,bedrooms,beds,amenities,price,minimum_nights,maximum_nights,"
            + "number_of_reviews,first_review";

    private final ImportFixture site = new ImportFixture();

    @TempDir
    Path folder;

    @Test
    void readsTheDerivedLayout() throws Exception {
        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                "\uFEFF" + DERIVED,
                "9961623,1360862,东城区,Very large 🏠 apartment,39.93905,116.44238999999999,Entire home/apt,4,2,3,"
                        + "6353.690000000001,f,2016-01-03,2016-08-13,2,90.0"));

        assertThat(summary.added()).isEqualTo(1);
        assertThat(site.query("""
                        select concat_ws('|', external_id, title, price, address, room_count, unit, capacity, beds,
                            min_days, max_days, order_count, acreage, deposit, room_type, latitude, longitude,
                            (created_at at time zone 'Asia/Shanghai')::text, main_image)
                        from house"""))
                .containsExactly("airbnb:9961623|Very large 🏠 apartment|635400|北京市东城区|2|2室|4|3张床|1|0|2|0|0|"
                        + "Entire home/apt|39.93905|116.44238999999999|2016-01-03 00:00:00");
        assertThat(site.query("select concat_ws('|', external_id, name, mobile) from account"))
                .containsExactly("airbnb:1360862|房东1360862");
    }

    @Test
    void readsTheSitesSummaryLayout() throws Exception {
        site.run(ImportFixture.file(
                folder,
                SUMMARY,
                "44054,Modern flat,192875,East Apartments,,朝阳区 / Chaoyang,39.89503,116.45163,Entire home/apt,792,400,89",
                "44055,\"Two\nlines, one\",192875,East Apartments,,Shunyi,39.9,116.5,Shared room,80,0,0"));

        assertThat(site.query("""
                        select concat_ws('|', title, price, address, room_count, capacity, beds, min_days, max_days)
                        from house order by external_id"""))
                .containsExactly("Modern flat|79200|北京市朝阳区|1|2|未注明|365|0", "Two lines, one|8000|北京市顺义区|1|1|未注明|1|0");
        assertThat(site.query("select name from account")).containsExactly("East Apartments");
        assertThat(site.query("select created_at = '2026-03-01T04:00:00Z' from house"))
                .containsOnly("t");
    }

    @Test
    void readsTheSitesDetailedLayout() throws Exception {
        site.run(ImportFixture.file(
                folder,
                DETAILED,
                "7,https://x,,5,王,\"Beijing, China\",密云县 / Miyun,40.1,116.9,Hotel room,3,0,0,"
                        + "\"[\"\"Wifi\"\", \"\"Dishwasher\"\", \"\"Free street parking\"\", \"\"HDTV\"\"]\","
                        + "\"$1,234.005\",2,1125,12,2020-05-01"));

        assertThat(site.query("""
                        select concat_ws('|', title, price, address, room_count, unit, capacity, min_days, max_days,
                            order_count) from house""")).containsExactly("密云区酒店房间|123400|北京市密云区|0|开间|3|2|0|12");
        assertThat(site.query("select facility_id from house_facility order by 1"))
                .containsExactly("1", "20", "22");
    }

    @Test
    void namesEachBadRowByItsLineAndGoesOn() throws Exception {
        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                SUMMARY,
                "1,\"a\n\nb\",10,,,朝阳区,39,116,Private room,100,1,0",
                "2,b,10,,,朝阳区,39,116,Private room,-5,1,0",
                "3,\"c\nc\",10,,,Gotham,39,116,Private room,100,1,0",
                "x4,d,10,,,朝阳区,39,116,Private room,100,1,0",
                "5,e,10,,,朝阳区,139,116,Private room,100,1,0",
                "6,f,10,,,朝阳区,39,116,Private room,1e9,1,0",
                "7,g,10,,,朝阳区,39,116,Private room,0.000,1,0",
                "8,h,10,,,朝阳区,39,116,Private room,1000000.5,1,0",
                "9,i,10,,,朝阳区,39,116",
                "10,j,10,,,朝阳区,39,116,Private room,100,1,many",
                "11,k,10,,,朝阳区,39,116,Private room,1000000,1,0"));

        assertThat(summary.firstSkipped())
                .extracting(SkippedRow::toString)
                .containsExactly(
                        "line 5: price \"-5\": not a price",
                        "line 6: neighbourhood \"Gotham\": not an area of 北京",
                        "line 8: id \"x4\": not an id",
                        "line 10: price \"1e9\": not a price",
                        "line 11: price \"0.000\": must be above zero",
                        "line 12: price \"1000000.5\": above 1,000,000 a night",
                        "line 13: id \"9\": the row has 8 fields, the header 12");
        assertThat(summary.read()).isEqualTo(11);
        assertThat(summary.skipped()).isEqualTo(7);
        assertThat(summary.ignored()).isEqualTo(2);
        assertThat(summary.text()).contains("7 skipped, 2 values not understood");
        assertThat(site.query("""
                        select concat_ws('|', external_id, latitude, longitude, order_count) from house
                        order by id"""))
                .containsExactly("airbnb:1|39|116|0", "airbnb:5|0", "airbnb:10|39|116|0", "airbnb:11|39|116|0");
    }

    @Test
    void refusesAFileWithoutARequiredColumn() throws Exception {
        Path file = ImportFixture.file(folder, "id,name,host_id,neighbourhood", "1,a,2,朝阳区");

        assertThatThrownBy(() -> site.run(file))
                .isInstanceOf(UnusableFile.class)
                .hasMessage("missing column: price");
        assertThat(site.query("select count(*) from account")).containsExactly("0");
    }

    /** Protection: CsvRows; with one reader for the file, a stray quote swallows what follows it. */
    @Test
    void aStrayQuoteCostsItsRowAndNoOther() throws Exception {
        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                SUMMARY,
                "1,a,10,,,朝阳区,39,116,Private room,100,1,0",
                "2,\"b,10,,,朝阳区,39,116,Private room,100,1,0",
                "3,\"c\nc\",10,,,朝阳区,39,116,Private room,100,1,0",
                "4,\"d\" d,10,,,朝阳区,39,116,Private room,100,1,0",
                "5,5\" screen,10,,,朝阳区,39,116,Private room,100,1,0",
                "6,\"said \"\"f\"\"\",10,,,朝阳区,39,116,Private room,100,1,0",
                "7,\"g,10,,,朝阳区,39,116,Private room,100,1,0"));

        assertThat(site.query("select title from house order by id"))
                .containsExactly("a", "c c", "5\" screen", "said \"f\"");
        assertThat(summary.firstSkipped()).extracting(SkippedRow::line).containsExactly(3L, 6L, 9L);
        assertThat(summary.firstSkipped().getFirst().toString())
                .contains("2,\"b,10,", "a quote is not closed, or stands where none may");
    }

    /** Protection: the bound of CsvRows; the parser's own, of 16 million characters, ends the import. */
    @Test
    void anOverlongFieldCostsItsRowAndNoOther() throws Exception {
        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                SUMMARY,
                "1," + "x".repeat(20_000_000) + ",10,,,朝阳区,39,116,Private room,100,1,0",
                "2," + "y".repeat(100_000) + ",10,,,朝阳区,39,116,Private room,100,1,0",
                "3,c,10,,,朝阳区,39,116,Private room,100,1,0"));

        assertThat(site.query("select external_id || char_length(title) from house order by id"))
                .containsExactly("airbnb:2128", "airbnb:31");
        assertThat(summary.firstSkipped())
                .singleElement()
                .satisfies(row -> assertThat(row.toString())
                        .startsWith("line 2: id \"1,xxx")
                        .contains("longer than 262144 characters"));
    }

    /** Protection: Told in ListingReader; without it each of these rows is lost. */
    @Test
    void whatIsNotUnderstoodCountsAsNotTold() throws Exception {
        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                DETAILED,
                "1,,a,5,王,,朝阳区,40.1,116.9,Hotel room,3,1,1,[],100,2,2147483647,12,2020-05-01",
                "2,,b,5,王,,朝阳区,40.1,116.9,Hotel room,3,1,1,[],100,2,99999999999999999999,12,05/01/2020",
                "3,,c,5,王,,朝阳区,40.1,1169,Hotel room,many,2000,x,[],100,-1,7 nights,1e3,1 May 2020"));

        assertThat(summary.skipped()).isZero();
        assertThat(summary.ignored()).isEqualTo(10);
        assertThat(site.query("""
                        select concat_ws('|', title, capacity, room_count, beds, min_days, max_days, order_count,
                            latitude, longitude, (created_at at time zone 'Asia/Shanghai')::date) from house order by id"""))
                .containsExactly(
                        "a|3|1|1张床|2|0|12|40.1|116.9|2020-05-01",
                        "b|3|1|1张床|2|0|12|40.1|116.9|2026-03-01",
                        "c|2|1|未注明|1|0|0|2026-03-01");
    }

    /** Protection: ListingText.requireUtf8; without it what is no text is left out of titles without a word. */
    @Test
    void aFileInAnotherEncodingIsRefusedWithItsNameAndLine() throws Exception {
        String text = SUMMARY + "\n1,a,10,,,朝阳区,39,116,Private room,100,1,0\n"
                + "2,%s,10,,,Chaoyang,39,116,Private room,100,1,0\n";
        record Wrong(String title, Charset charset, String said) {}
        for (Wrong wrong : List.of(
                new Wrong("四合院", Charset.forName("GB18030"), "line 2 is no text in it and looks like GB18030"),
                new Wrong("四合院", StandardCharsets.UTF_16LE, "line 1"))) {
            String start = wrong.charset.equals(StandardCharsets.UTF_16LE) ? "\uFEFF" : "";
            Path file = Files.write(
                    folder.resolve("wrong.csv"), (start + text.formatted(wrong.title)).getBytes(wrong.charset));
            assertThatThrownBy(() -> site.run(file))
                    .isInstanceOf(UnusableFile.class)
                    .hasMessageContaining(wrong.said);
        }
        Path latin = Files.write(
                folder.resolve("latin.csv"),
                text.replace("朝阳区", "Chaoyang").formatted("Café").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> site.run(latin))
                .isInstanceOf(UnusableFile.class)
                .hasMessage("the file is not UTF-8: line 3 is no text in it and looks like ISO-8859-1 or windows-1252;"
                        + " convert the file first");
        assertThat(site.query("select count(*) from account")).containsExactly("0");
    }

    @Test
    void longLinesOfTextArePassedByTheCheckOfTheEncoding() throws Exception {
        site.run(ImportFixture.file(
                folder, SUMMARY, "1," + "四合院".repeat(30_000) + ",10,,,朝阳区,39,116,Private room,100,1,0"));
        assertThat(site.query("select char_length(title) from house")).containsExactly("128");
    }

    @Test
    void aCompressedFileIsReadAsItIs() throws Exception {
        String text = "\uFEFF" + SUMMARY + "\n1,四合院,10,,,朝阳区,39,116,Private room,100,1,0\n";
        Path file = folder.resolve("listings.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(site.run(file).added()).isEqualTo(1);
        assertThat(site.query("select title from house")).containsExactly("四合院");

        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> site.run(cut))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("the compressed file is damaged or not whole");
    }

    @Test
    void saysWhetherTheSiteHasAnythingOfTheFile() throws Exception {
        Path nothing = ImportFixture.file(folder, SUMMARY, "1,a,10,,,Gotham,39,116,Private room,100,1,0");
        Path something = ImportFixture.file(folder, SUMMARY, "1,a,10,,,朝阳区,39,116,Private room,100,1,0");
        assertThat(site.run(nothing).isEmpty()).isTrue();
        assertThat(site.run(something).isEmpty()).isFalse();
        assertThat(site.run(something).isEmpty()).as("there already").isFalse();
    }

    @Test
    void importingAgainChangesNothing() throws Exception {
        Path file = ImportFixture.file(
                folder,
                SUMMARY,
                "1,a,10,Ann,,朝阳区,39,116,Private room,100,1,0",
                "2,b,11,Ann,,朝阳区,39,116,Private room,100,1,0",
                "2,b again,11,Ann,,朝阳区,39,116,Private room,100,1,0");
        ImportSummary first = site.listingImport(ImportOptions.DEFAULT).run(file, Progress.silent());
        String everything = """
                select md5(string_agg(t::text, '' order by t::text)) from (
                    select a::text from account a union all select h::text from house h
                    union all select i::text from house_image i) as x (t)""";
        var before = site.query(everything);
        site.pictures.clear();

        ImportSummary second = site.listingImport(ImportOptions.DEFAULT).run(file, Progress.silent());

        assertThat(first.added()).isEqualTo(2);
        assertThat(first.present()).isEqualTo(1);
        assertThat(second.added()).isZero();
        assertThat(second.hosts()).isZero();
        assertThat(second.present()).isEqualTo(3);
        assertThat(site.query(everything)).isEqualTo(before);
        assertThat(site.pictures).isEmpty();
    }

    @Test
    void twoImportsAtOnceAddEachHouseOnce() throws Exception {
        String[] lines = IntStream.range(0, 5_000)
                .mapToObj(i -> i + ",t," + i % 900 + ",Same name,,朝阳区,39,116,Private room,100,1,0")
                .toArray(String[]::new);
        Path forward = ImportFixture.file(folder, SUMMARY + "\n" + String.join("\n", lines));
        String[] reversed =
                IntStream.range(0, 5_000).mapToObj(i -> lines[4_999 - i]).toArray(String[]::new);
        Path backward = ImportFixture.file(folder, SUMMARY + "\n" + String.join("\n", reversed));

        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Callable<ImportSummary> one = () -> site.run(forward);
            Callable<ImportSummary> other = () -> site.run(backward);
            Future<ImportSummary> a = both.submit(one);
            Future<ImportSummary> b = both.submit(other);

            assertThat(a.get().added() + b.get().added()).isEqualTo(5_000);
            assertThat(a.get().hosts() + b.get().hosts()).isEqualTo(900);
        }
        assertThat(site.query("select count(*) from house")).containsExactly("5000");
    }

    @Test
    void givesHostsOfOneNameDifferentNames() throws Exception {
        site.execute(
                "insert into account (mobile, name, created_at) values ('13800000000', 'Ann', now()),"
                        + " ('13800000001', 'Bob0012', now()), ('13800000002', 'Bob·70012', now()), ('13800000003', 'Bob', now())");

        ImportSummary summary = site.run(ImportFixture.file(
                folder,
                SUMMARY,
                "1,a,123450001,Ann,,朝阳区,39,116,Private room,100,1,0",
                "2,b,60001,Ann,,朝阳区,39,116,Private room,100,1,0",
                "3,c,70012,Bob,,朝阳区,39,116,Private room,100,1,0"));

        assertThat(summary.hosts()).isEqualTo(3);
        assertThat(site.query("select name from account where mobile is null order by external_id"))
                .containsExactly("Ann0001", "Ann·60001", "Bob·70012-3");
    }

    @Test
    void storesThePicturesBeforeTheHousesThatShowThem() throws Exception {
        Path file = ImportFixture.file(folder, SUMMARY, "1,a,10,,,朝阳区,39,116,Private room,100,1,0");

        ImportSummary summary = site.listingImport(ImportOptions.DEFAULT).run(file, Progress.silent());

        assertThat(summary.pictures()).isEqualTo(3);
        assertThat(site.query("select picture || '_480.jpg' from house_image union all "
                        + "select picture || '_1280.jpg' from house_image"))
                .containsExactlyInAnyOrderElementsOf(site.pictures.keySet());
        assertThat(site.query("select main_image = (select picture from house_image order by id limit 1) from house"))
                .containsExactly("t");
    }

    @Test
    void storesNothingOfABatchWhosePicturesCannotBeKept() throws Exception {
        Path file = ImportFixture.file(folder, SUMMARY, "1,a,10,,,朝阳区,39,116,Private room,100,1,0");
        ListingImport broken = new ListingImport(
                site.database,
                (key, jpeg) -> {
                    throw new IllegalStateException("disk full");
                },
                java.time.Clock.systemUTC(),
                ImportOptions.DEFAULT);

        assertThatThrownBy(() -> broken.run(file, Progress.silent())).hasMessage("disk full");
        assertThat(site.query("select count(*) from account")).containsExactly("0");
    }
}
