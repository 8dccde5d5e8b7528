package ihome.search.index;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeKey;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that builds the index and puts changes into it. It takes all that is waiting at once, reads the present
 * state of these houses in one query on a connection of its own, and shows the next snapshot: so the order of changes does
 * not matter, and many commits at once cost little more than one.
 */
final class IndexUpdater implements AutoCloseable {
    /**
     * From so many houses on a build leaves more garbage than the index is large, and most of it where only a collection of
     * the whole heap takes it: one stop, 0.7 s at a million houses, for half of the memory (docs/adr/0033).
     */
    private static final int WORTH_A_COLLECTION = 100_000;

    /** A table of millions may be silent for minutes before its first row comes, on a machine that does other things. */
    static final Duration LOADING = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(IndexUpdater.class);
    private static final long TICK = TimeUnit.SECONDS.toNanos(1);

    private final Database database;
    private final SiteTime time;
    private final IndexStore store;
    private final Source source;
    private final PendingChanges pending = new PendingChanges();
    private final SelfCheck check;
    private final Duration patience;
    private final Thread thread;
    private SnapshotUpdater renewal;
    private @Nullable Snapshot latest;
    private boolean failing;
    private volatile boolean closed;
    private volatile double buildSeconds;
    private final AtomicLong builds = new AtomicLong();
    private final AtomicLong disagreements = new AtomicLong();

    IndexUpdater(Database database, SiteTime time, IndexStore store) {
        this(database, time, store, LOADING);
    }

    /** @param patience how long the database may be silent while all is loaded */
    IndexUpdater(Database database, SiteTime time, IndexStore store, Duration patience) {
        this.database = database;
        this.patience = patience;
        this.time = time;
        this.store = store;
        this.source = new Source(database, store);
        this.renewal = new SnapshotUpdater(source, new HouseTable(0), Set.of());
        this.check = new SelfCheck(store);
        this.thread = Thread.ofPlatform().name("search-index").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What searches are answered from; null: nothing. */
    @Nullable
    Snapshot current() {
        return pending.shown();
    }

    double buildSeconds() {
        return buildSeconds;
    }

    long builds() {
        return builds.get();
    }

    long disagreements() {
        return disagreements.get();
    }

    /** Returns when searches see the changes, or see nothing of the index. */
    void changed(Set<ChangeKey> changeKeys) {
        Set<Long> houses = new HashSet<>();
        Set<Long> nights = new HashSet<>();
        Set<Long> owners = new HashSet<>();
        for (ChangeKey changeKey : changeKeys) {
            if (changeKey.kind().equals(ChangeKeys.HOUSE)) {
                houses.add(changeKey.id());
            } else if (changeKey.kind().equals(ChangeKeys.NIGHTS)) {
                nights.add(changeKey.id());
            } else if (changeKey.kind().equals(ChangeKeys.OWNER)) {
                owners.add(changeKey.id());
            }
        }
        if (!houses.isEmpty() || !nights.isEmpty() || !owners.isEmpty()) {
            pending.tell(houses, nights, owners);
        }
    }

    /** As {@link #changed}. */
    void claimed(Claim claim) {
        pending.tell(claim);
    }

    void everythingMayHaveChanged() {
        pending.giveUp();
    }

    private void run() {
        long nextCheck = System.nanoTime();
        while (!closed) {
            try {
                PendingChanges.Batch batch = pending.take(TICK);
                if (closed) {
                    break;
                }
                Snapshot snapshot = latest;
                if (batch.everything() || snapshot == null) {
                    build();
                } else {
                    snapshot = follow(snapshot, batch);
                    if (snapshot != null && System.nanoTime() - nextCheck > 0) {
                        check(snapshot);
                        // After it, however long it took: what differs has this time to be told of.
                        nextCheck = System.nanoTime() + TICK;
                    }
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                if (!closed) {
                    fail(e);
                }
            }
        }
        source.disconnect();
    }

    private void fail(RuntimeException e) {
        latest = null;
        pending.giveUp();
        if (!failing) {
            disagreements.incrementAndGet();
            log.warn("the search index is given up, SQL answers; tried anew every second: {}", e.getMessage());
        }
        failing = true;
        source.disconnect();
        LockSupport.parkNanos(TICK);
    }

    /** The snapshot with the changes in it, shown; null when it has to be built anew. */
    private @Nullable Snapshot follow(Snapshot snapshot, PendingChanges.Batch batch) {
        Snapshot next = rolled(snapshot);
        Set<Long> houses = new HashSet<>(batch.houses());
        Set<Long> nights = new HashSet<>(batch.nights());
        if (next == null) {
            pending.giveUp();
            return null;
        }
        if (!next.nights().equals(snapshot.nights())) {
            nights.addAll(renewal.beyond());
        }
        if (!batch.owners().isEmpty()) {
            houses.addAll(source.housesOf(batch.owners()));
        }
        List<Claim> claims = new ArrayList<>();
        for (Claim claim : batch.claims()) {
            if (source.isNew(claim)) {
                claims.add(claim);
            } else {
                nights.add(claim.house());
            }
        }
        if (areTooMany(houses.size() + nights.size(), next) || next.isScattered()) {
            pending.giveUp();
            return null;
        }
        boolean nothing = houses.isEmpty() && nights.isEmpty() && claims.isEmpty();
        next = nothing ? next : renewal.with(next, houses, nights, claims);
        latest = next;
        pending.show(next, batch.ticket());
        return next;
    }

    /** The same snapshot unless a block of nights has passed; null when that is too many. */
    private @Nullable Snapshot rolled(Snapshot snapshot) {
        int gone = Nights.from(time.today()).firstBlock() - snapshot.nights().firstBlock();
        if (gone == 0) {
            return snapshot;
        }
        return gone < 0 || gone >= Nights.BLOCKS ? null : snapshot.rolled(gone);
    }

    /** Whether it is quicker to build anew. */
    private static boolean areTooMany(int houses, Snapshot snapshot) {
        return houses > 500 + Math.min(10_000, snapshot.houses() / 20);
    }

    private void build() {
        long start = System.nanoTime();
        latest = null;
        renewal = new SnapshotUpdater(source, new HouseTable(0), Set.of());
        Loader.Loaded loaded = loaded();
        renewal = new SnapshotUpdater(source, loaded.table(), loaded.beyond());
        Snapshot snapshot = loaded.snapshot();
        source.haveReadAll();
        while (!pending.showIfNothingIsLeft(snapshot)) {
            PendingChanges.Batch batch = takeNow();
            Set<Long> houses = new HashSet<>(batch.houses());
            if (!batch.owners().isEmpty()) {
                houses.addAll(source.housesOf(batch.owners()));
            }
            Set<Long> nights = new HashSet<>(batch.nights());
            batch.claims().forEach(claim -> nights.add(claim.house()));
            if (batch.everything() || areTooMany(houses.size() + nights.size(), snapshot)) {
                pending.giveUp();
                return;
            }
            snapshot = renewal.with(snapshot, houses, nights, List.of());
        }
        latest = snapshot;
        failing = false;
        builds.incrementAndGet();
        buildSeconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        log.info("search index: {} houses in {} s", snapshot.houses(), buildSeconds);
        if (snapshot.houses() >= WORTH_A_COLLECTION) {
            System.gc();
        }
    }

    private Loader.Loaded loaded() {
        try (Handle whole = database.openOutsidePool(patience)) {
            return new Loader(store, Nights.from(time.today())).load(whole, () -> database.openOutsidePool(patience));
        }
    }

    private PendingChanges.Batch takeNow() {
        try {
            return pending.take(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped", e);
        }
    }

    private void check(Snapshot snapshot) {
        if (!check.agrees(source.connection(), snapshot, renewal.table())) {
            disagreements.incrementAndGet();
            log.warn(
                    "the search index differs from the database ({}): SQL answers while it is built anew",
                    check.what());
            pending.giveUp();
        }
    }

    @Override
    public void close() {
        closed = true;
        pending.giveUp();
        try {
            // It is not, when the program's start has failed.
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
