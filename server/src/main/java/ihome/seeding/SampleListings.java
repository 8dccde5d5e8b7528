package ihome.seeding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A listings file for who has none: as many listings in each district, of each capacity and kind, as Inside Airbnb's
 * 9,344 of Beijing have, with prices and positions spread as theirs, and review counts of the same quantiles. Titles
 * are put together from words. The same every time.
 */
final class SampleListings {
    private static final String HEADER = "room_id,host_id,neighbourhood,name,latitude,longitude,room_type,accommodates,"
            + "bedrooms,beds,price,number_of_reviews,first_review\n";

    private static final Shares CAPACITY = new Shares(
            1, 635, 2, 4256, 3, 662, 4, 1679, 5, 315, 6, 604, 7, 120, 8, 234, 9, 64, 10, 179, 11, 36, 12, 153, 13, 38,
            14, 62, 15, 52, 16, 255);
    private static final Shares ROOM_TYPE = new Shares(0, 6239, 1, 2803, 2, 302);
    private static final List<String> ROOM_TYPES = List.of("Entire home/apt", "Private room", "Shared room");

    /** Of the review counts: at 0, 10, 25, 50, 75, 90, 95, 99 and 100 percent. */
    private static final int[] REVIEWS = {1, 1, 2, 4, 13, 31, 50, 97, 406};

    private static final double[] REVIEWS_AT = {0, .10, .25, .50, .75, .90, .95, .99, 1};

    private static final List<String> WORDS =
            List.of("胡同", "地铁旁", "院子", "阳光", "长城脚下", "安静", "大床", "家庭", "落地窗", "公园边", "设计师", "民宿");
    private static final List<String> KINDS = List.of("整套公寓", "独立房间", "合住床位");

    private SampleListings() {}

    /** In the import's own columns; beginning today and back, the listings came over eight years. */
    static String csv(LocalDate today) {
        List<String> rows = new ArrayList<>();
        Random random = new Random(20_210_101);
        for (SampleDistrict district : SampleDistrict.values()) {
            for (int i = 0; i < district.houses; i++) {
                rows.add(row(district, random, rows.size() + 1, today));
            }
        }
        // Else the first houses of the site would all lie in one district.
        Collections.shuffle(rows, random);
        return HEADER + String.join("", rows);
    }

    private static String row(SampleDistrict district, Random random, int id, LocalDate today) {
        SplittableRandom plain = new SplittableRandom(random.nextLong());
        int kind = ROOM_TYPE.pick(plain);
        int capacity = CAPACITY.pick(plain);
        int rooms = kind == 0 ? Math.max(1, capacity / 2 - plain.nextInt(2)) : 1;
        double price = Math.max(60, district.medianYuan * Math.exp(district.priceSpread * random.nextGaussian()));
        String title =
                WORDS.get(plain.nextInt(WORDS.size())) + WORDS.get(plain.nextInt(WORDS.size())) + KINDS.get(kind);
        return String.format(
                Locale.ROOT,
                "%d,%d,%s,%s,%.5f,%.5f,%s,%d,%d,%d,%.2f,%d,%s\n",
                id,
                id,
                district.area,
                title,
                district.latitude + district.latitudeSpread * random.nextGaussian(),
                district.longitude + district.longitudeSpread * random.nextGaussian(),
                ROOM_TYPES.get(kind),
                capacity,
                rooms,
                Math.max(1, capacity / 2),
                price,
                reviews(plain.nextDouble()),
                today.minusDays(1 + plain.nextInt(8 * 365)));
    }

    private static int reviews(double at) {
        int i = 1;
        while (REVIEWS_AT[i] < at) {
            i++;
        }
        double part = (at - REVIEWS_AT[i - 1]) / (REVIEWS_AT[i] - REVIEWS_AT[i - 1]);
        return (int) Math.round(REVIEWS[i - 1] + part * (REVIEWS[i] - REVIEWS[i - 1]));
    }
}
