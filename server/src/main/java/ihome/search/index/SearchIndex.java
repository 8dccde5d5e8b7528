package ihome.search.index;

import ihome.changeevents.NightsTaken;
import ihome.listing.HouseViews;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeListener;
import ihome.platform.change.ChangePayload;
import ihome.platform.db.Database;
import ihome.platform.json.Json;
import ihome.platform.time.SiteTime;
import ihome.pricing.PackedStay;
import ihome.search.query.SearchCriteria;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers searches from memory, always as the database would: it follows every commit before that is acknowledged on this
 * node, and those of other nodes within the bound of the change log. When it does not know (it is being built, fell
 * behind, disagreed with the database, or is asked for nights that it does not hold) it says so, and SQL answers.
 */
public final class SearchIndex implements ChangeListener, AutoCloseable {
    /** Houses on a page. */
    public static final int PAGE_SIZE = 20;

    /** How long a search waits for this node to hear of others' changes again, before SQL answers it. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] NOTHING = {};
    private static final byte[] START = "{\"houses\":[".getBytes(StandardCharsets.US_ASCII);

    private final BooleanSupplier heardAll;
    private final IndexUpdater updater;
    private final IndexMetrics metrics;

    /**
     * Begins to build; {@link #page} knows nothing until that is done.
     *
     * @param heardAll whether this node has heard of all that was committed until the bound ago
     */
    public SearchIndex(
            Database database, SiteTime time, HouseViews views, BooleanSupplier heardAll, PrometheusRegistry registry) {
        this.heardAll = heardAll;
        this.updater = new IndexUpdater(database, time, new IndexStore(house -> Json.bytes(views.basic(house))));
        this.metrics = new IndexMetrics(updater, registry);
    }

    /** Begins to build; whatever changes from now on must be told to {@link #changed}. */
    public void start() {
        updater.start();
    }

    @Override
    public void changed(Set<ChangeKey> changeKeys) {
        updater.changed(changeKeys);
    }

    @Override
    public void committed(Set<ChangeKey> changeKeys, ChangePayload detail, long row) {
        if (detail instanceof NightsTaken nights) {
            updater.claimed(new Claim(nights, row));
        } else {
            updater.changed(changeKeys);
        }
    }

    @Override
    public void invalidateAll() {
        updater.everythingMayHaveChanged();
    }

    /**
     * The page as JSON: {@code houses}, {@code total_page}, {@code current_page}. Null when the index does not know: then
     * SQL has to answer.
     */
    public byte @Nullable [] page(SearchCriteria criteria) {
        byte[] page = hasHeardAll() ? page(updater.current(), criteria, false) : null;
        metrics.answered(page != null);
        return page;
    }

    /**
     * As {@link #page}, but without waiting, within a fraction of a millisecond: null also for a list that is long or of
     * which much is still to be worked out, and when this node has not heard of all changes.
     */
    public byte @Nullable [] pageAtOnce(SearchCriteria criteria) {
        byte[] page = heardAll.getAsBoolean() ? page(updater.current(), criteria, true) : null;
        if (page != null) {
            metrics.answered(true);
        }
        return page;
    }

    /** Whether searches are answered from memory at this moment. */
    public boolean isReady() {
        return updater.current() != null;
    }

    /**
     * Usually true at once. When this node is briefly held up, a search waits for it rather than becoming SQL: a wave of
     * large queries would hold it up for good.
     */
    private boolean hasHeardAll() {
        if (heardAll.getAsBoolean()) {
            return true;
        }
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < deadline && updater.current() != null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (heardAll.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] page(@Nullable Snapshot snapshot, SearchCriteria criteria, boolean atOnce) {
        if (snapshot == null) {
            return null;
        }
        CompiledFilter wanted = CompiledFilter.of(criteria, snapshot.nights());
        if (wanted == null) {
            return null;
        }
        Order order = Order.by(criteria.sort().key());
        Integer area = criteria.area();
        // Area 0 and city 0 are everywhere in here, and nowhere outside.
        boolean nowhere = isZero(area) || isZero(criteria.city());
        Chunk[] chunks = nowhere ? new Chunk[0] : snapshot.list(order, area == null ? 0 : area);
        boolean byTotal = order == Order.PRICE && wanted.priced() != null;
        if (atOnce && !Scan.isShort(chunks, wanted, byTotal || (wanted.priced() != null && wanted.asksPrice()))) {
            return null;
        }
        Matches matches = Scan.of(chunks, order, wanted, byTotal);
        House[] houses = matches.page(criteria.sort().isDescending(), (criteria.page() - 1L) * PAGE_SIZE, PAGE_SIZE);
        return rendered(snapshot.cards(), houses, wanted.priced(), matches.total(), criteria.page());
    }

    private static boolean isZero(@Nullable Integer id) {
        return id != null && id == 0;
    }

    /** @param stay whose price each house shows; null: none */
    static byte[] rendered(HouseCardCodec cards, House[] houses, @Nullable PackedStay stay, long total, int page) {
        HouseCardCodec.touch(houses);
        byte[][] amounts = amounts(houses, stay);
        byte[] end = ("],\"total_page\":" + (total + PAGE_SIZE - 1) / PAGE_SIZE + ",\"current_page\":" + page + "}")
                .getBytes(StandardCharsets.US_ASCII);
        int length = START.length + end.length + Math.max(0, houses.length - 1);
        for (int i = 0; i < houses.length; i++) {
            length += HouseCardCodec.length(houses[i].card()) + amounts[i].length;
        }
        byte[] json = new byte[length];
        System.arraycopy(START, 0, json, 0, START.length);
        int at = START.length;
        for (int i = 0; i < houses.length; i++) {
            if (i > 0) {
                json[at++] = ',';
            }
            at = cards.unpack(houses[i].card(), json, at);
            if (amounts[i].length != 0) {
                // Before the brace that ends the house.
                System.arraycopy(amounts[i], 0, json, at - 1, amounts[i].length);
                at += amounts[i].length;
                json[at - 1] = '}';
            }
        }
        System.arraycopy(end, 0, json, at, end.length);
        return json;
    }

    /** For each house what it shows of the stay's price beside its card. */
    private static byte[][] amounts(House[] houses, @Nullable PackedStay stay) {
        byte[][] amounts = new byte[houses.length][];
        for (int i = 0; i < houses.length; i++) {
            amounts[i] = stay == null
                    ? NOTHING
                    : (",\"total\":" + houses[i].amount(stay)).getBytes(StandardCharsets.US_ASCII);
        }
        return amounts;
    }

    @Override
    public void close() {
        updater.close();
    }
}
