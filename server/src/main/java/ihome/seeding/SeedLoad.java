package ihome.seeding;

import ihome.importing.Listing;
import ihome.importing.Progress;
import ihome.platform.db.CopyRows;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/** One load, inside its transaction: drops what slows it down, copies table by table, and puts back what it dropped. */
final class SeedLoad {
    /** A host of the real listings has two on average; the chance that the next house is the same host's is a half. */
    private static final double SAME_HOST = 0.5;

    private static final List<String> SURNAMES = List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴");

    /** Bringing back an index or a key costs about this part of what copying the table's rows costs. */
    private static final double REBUILD = 0.3;

    private final Handle tx;
    private final SeedOptions options;
    private final SampleHouses sample;
    private final Instant now;
    private final Progress progress;
    private final Map<String, Long> rowsOf = new HashMap<>();
    private final int[] hostOf;
    private final int hosts;
    private final long firstHost;
    private final long firstHouse;
    private double work;
    private long rows;
    private long nights;

    SeedLoad(Handle tx, SeedOptions options, List<Listing> listings, Instant now, Progress progress) {
        this.tx = tx;
        this.options = options;
        this.sample = new SampleHouses(listings, now);
        this.now = now;
        this.progress = progress;
        this.firstHost = SeedStore.lastId(tx, "account") + 1;
        this.firstHouse = SeedStore.lastId(tx, "house") + 1;
        this.hostOf = new int[options.houses()];
        SplittableRandom random = new SplittableRandom(options.houses());
        for (int house = 1; house < hostOf.length; house++) {
            hostOf[house] = hostOf[house - 1] + (random.nextDouble() < SAME_HOST ? 0 : 1);
        }
        this.hosts = hostOf[hostOf.length - 1] + 1;
    }

    long hosts() {
        return hosts;
    }

    long nights() {
        return nights;
    }

    long rows() {
        return rows;
    }

    /** Stays begin today. */
    void run(LocalDate today) throws SQLException {
        List<SeedStore.Step> structure = SeedStore.structure(tx);
        progress.start(expectedWork(structure));
        structure.forEach(step -> SeedStore.execute(tx, step.drop()));
        hostRows();
        houseRows();
        facilityRows();
        pictureRows();
        nightRows(today);
        SeedStore.advance(tx, "account");
        SeedStore.advance(tx, "house");
        SeedStore.advance(tx, "house_image");
        for (SeedStore.Step step : structure.reversed()) {
            SeedStore.execute(tx, step.restore());
            work += REBUILD * rowsOf.getOrDefault(step.table(), 0L);
            progress.at((long) work, rows);
        }
    }

    private long expectedWork(List<SeedStore.Step> structure) {
        Map<String, Long> expected = Map.of(
                "account", (long) hosts,
                "house", (long) options.houses(),
                "house_facility", 12L * options.houses(),
                "house_image", 3L * options.houses(),
                "night_claim", 5 * options.stays());
        double sum = expected.values().stream().mapToLong(Long::longValue).sum();
        for (SeedStore.Step step : structure) {
            sum += REBUILD * expected.getOrDefault(step.table(), 0L);
        }
        return (long) sum;
    }

    private void hostRows() throws SQLException {
        CopyRows copy = SeedStore.copy(tx, "account", "id, name, external_id, created_at", false);
        int host = -1;
        for (int house = 0; house < hostOf.length; house++) {
            if (hostOf[house] != host) {
                host = hostOf[house];
                long id = firstHost + host;
                copy.value(id)
                        .value(SURNAMES.get(host % SURNAMES.size()) + "房东·" + id)
                        .value("seed:" + id)
                        .value(sample.of(house).createdAt());
                end(copy);
            }
        }
        finish("account", copy);
    }

    private void houseRows() throws SQLException {
        SeedAreas areas = new SeedAreas(SeedStore.areas(tx));
        CopyRows copy = SeedStore.copy(
                tx,
                "house",
                "id, owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds, deposit, min_days,"
                        + " max_days, order_count, main_image, room_type, latitude, longitude, external_id, created_at,"
                        + " instant_booking, cancellation_policy, facility_mask",
                false);
        for (int house = 0; house < hostOf.length; house++) {
            Listing listing = sample.of(house);
            SampleHouses.Extra extra = SampleHouses.extra(house, listing);
            SeedAreas.Spot spot = areas.of(house, listing);
            long id = firstHouse + house;
            copy.value(id)
                    .value(firstHost + hostOf[house])
                    .value(listing.title())
                    .value(listing.price())
                    .value(spot.area().id())
                    .value(spot.area().address())
                    .value(listing.roomCount())
                    .value(extra.acreage())
                    .value(listing.unit())
                    .value(listing.capacity())
                    .value(listing.beds())
                    .value(extra.deposit())
                    .value(extra.minDays())
                    .value(extra.maxDays())
                    .value(listing.orderCount())
                    .value(
                            listing.pictures().isEmpty()
                                    ? null
                                    : listing.pictures().getFirst())
                    .value(listing.roomType())
                    .value(spot.latitude())
                    .value(spot.longitude())
                    .value("seed:" + id)
                    .value(listing.createdAt())
                    .value(extra.instantBooking())
                    .value(extra.policy())
                    .value(mask(SampleHouses.facilities(house, listing)));
            end(copy);
        }
        finish("house", copy);
    }

    private static long mask(Collection<Integer> facilities) {
        long mask = 0;
        for (int facility : facilities) {
            mask |= 1L << facility;
        }
        return mask;
    }

    private void facilityRows() throws SQLException {
        SeedStore.maskTriggers(tx, false);
        CopyRows copy = SeedStore.copy(tx, "house_facility", "house_id, facility_id", true);
        for (int house = 0; house < hostOf.length; house++) {
            byte[] id = text(firstHouse + house);
            for (int facility : SampleHouses.facilities(house, sample.of(house))) {
                copy.bytes(id).value(facility);
                end(copy);
            }
        }
        finish("house_facility", copy);
        SeedStore.maskTriggers(tx, true);
    }

    private void pictureRows() throws SQLException {
        CopyRows copy = SeedStore.copy(tx, "house_image", "house_id, picture, created_at", true);
        byte[] at = now.toString().getBytes(StandardCharsets.US_ASCII);
        for (int house = 0; house < hostOf.length; house++) {
            byte[] id = text(firstHouse + house);
            for (String picture : sample.of(house).pictures()) {
                copy.bytes(id).value(picture).bytes(at);
                end(copy);
            }
        }
        finish("house_image", copy);
    }

    private void nightRows(LocalDate today) throws SQLException {
        byte[][] days = new byte[SampleStays.NIGHTS][];
        for (int day = 0; day < days.length; day++) {
            days[day] = today.plusDays(day).toString().getBytes(StandardCharsets.US_ASCII);
        }
        SampleStays stays = new SampleStays(hostOf.length, options.stays());
        CopyRows copy = SeedStore.copy(tx, "night_claim", "house_id, night", true);
        for (int house = 0; house < hostOf.length; house++) {
            byte[] id = text(firstHouse + house);
            for (int night : SampleStays.nights(house, stays.next())) {
                copy.bytes(id).bytes(days[night]);
                end(copy);
                nights++;
            }
        }
        finish("night_claim", copy);
    }

    private void end(CopyRows copy) throws SQLException {
        copy.endRow();
        work++;
        rows++;
        if ((rows & 0x3FF) == 0) {
            progress.at((long) work, rows);
        }
    }

    private void finish(String table, CopyRows copy) throws SQLException {
        rowsOf.put(table, copy.finish());
        progress.at((long) work, rows);
    }

    private static byte[] text(long id) {
        return Long.toString(id).getBytes(StandardCharsets.US_ASCII);
    }
}
