package ihome.demo;

import ihome.booking.OnBehalf;
import ihome.booking.OrderStatus;
import ihome.changeevents.ChangeKeys;
import ihome.importing.ImportOptions;
import ihome.importing.ImportSummary;
import ihome.importing.ListingImport;
import ihome.importing.PictureSink;
import ihome.importing.Progress;
import ihome.listing.OnBehalfOfHost;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.siteconfig.CurrentSite;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Fills a site with the demo, and takes it away again. Works beside a running server, which shows each step as it is
 * committed. What was stopped half-way is finished by running it again.
 */
public final class DemoSite {
    /** How many the sample has. */
    public static final int HOUSES = 300;

    /** The source of the demo's listings: its houses and accounts have external ids that begin with it. */
    static final String SOURCE = "demo";

    /** As the guests of a house read it that is taken away. */
    static final String CALLED_OFF = "这是示例房源，演示结束，订单已取消";

    private final Database database;
    private final ChangeLog changes;
    private final PictureSink pictures;
    private final OnBehalf orders;
    private final OnBehalfOfHost houses;
    private final DemoClock clock;
    private final ZoneId zone;

    /** @param orders of a booking whose clock is {@code clock}, and whose guests pay on arrival */
    public DemoSite(
            Database database, ChangeLog changes, PictureSink pictures, OnBehalf orders, DemoClock clock, ZoneId zone) {
        this.database = database;
        this.changes = changes;
        this.pictures = pictures;
        this.orders = orders;
        this.houses = new OnBehalfOfHost(database, changes);
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Adds what is not there yet.
     *
     * @param most so many houses at most, those of the sample's beginning; {@link #HOUSES} for all. A site without the
     *     sample's districts gets those of them that could be in any city
     * @throws SQLException the database failed; what was added before that stays
     */
    public DemoSummary fill(int most, Progress progress) throws SQLException {
        long start = System.nanoTime();
        long added = 0;
        long hosts = 0;
        for (Sample.Listings listings :
                Sample.listings(most, new CurrentSite(database).get().cities())) {
            ImportOptions options = new ImportOptions(true, zone, listings.city(), SOURCE);
            ImportSummary imported = new ListingImport(database.dataSource(), pictures, clock, options)
                    .run(listings.text().getBytes(StandardCharsets.UTF_8), Progress.silent());
            added += imported.added();
            hosts += imported.hosts();
        }
        Map<String, Sample.House> sample = Sample.houses();
        List<DemoPlan.House> made = database.withConnection(DemoStore::houses);
        for (DemoPlan.House house : made) {
            Sample.House told = sample.get(house.room());
            if (house.bare() && told != null) {
                houses.fillIn(house.owner(), house.id(), told.terms().withInstantBooking(true));
            }
        }
        DemoPlan plan = new DemoPlan(
                database.withConnection(DemoStore::accounts), sample, Sample.comments(), clock.instant(), zone);
        Stays stays = new Stays();
        try {
            stays.make(plan.stays(made), progress);
        } finally {
            clock.release();
        }
        letHostsBeAsked(sample);
        return new DemoSummary(
                added,
                hosts,
                stays.past,
                stays.coming,
                stays.comments,
                stays.leftOut,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Not before the stays are made: a running server, for which the time to answer a request of the past is long over,
     * would be quicker than the host.
     */
    private void letHostsBeAsked(Map<String, Sample.House> sample) {
        for (DemoPlan.House house : database.withConnection(DemoStore::houses)) {
            Sample.House told = sample.get(house.room());
            if (told != null && house.instant() && !told.terms().instantBooking()) {
                houses.fillIn(house.owner(), house.id(), told.terms());
            }
        }
    }

    /** The stays of one run, and how many of which kind it has made. */
    private final class Stays {
        private int past;
        private int coming;
        private int comments;
        private int leftOut;

        void make(List<DemoStay> planned, Progress progress) {
            Map<String, Long> booked = database.withConnection(DemoStore::booked);
            progress.start(planned.size());
            int done = 0;
            for (DemoStay stay : planned) {
                Long known = booked.get(stay.guest() + " " + stay.house());
                try {
                    finish(stay, known == null ? book(stay) : known);
                } catch (BusinessException e) {
                    // Somebody else has the nights, the house was changed or taken down, or a running server, for which
                    // the time to accept is long over, was quicker than its host.
                    leftOut++;
                }
                progress.at(++done, done);
            }
            progress.finish(done);
        }

        private long book(DemoStay stay) {
            clock.setTo(stay.placed());
            long order = orders.book(stay.guest(), stay.house(), stay.stay(), stay.guests());
            if (stay.ended() == null) {
                coming++;
            } else {
                past++;
            }
            return order;
        }

        /** Takes an order, which may be an earlier run's, as far as the stay has come. */
        private void finish(DemoStay stay, long order) {
            OrderStatus status = status(order);
            if (status == OrderStatus.WAIT_ACCEPT && stay.accepted() != null) {
                clock.setTo(stay.accepted());
                orders.accept(stay.host(), order);
                status = status(order);
            }
            if (status == OrderStatus.PAID && stay.ended() != null) {
                status = left(stay, order, stay.ended());
            }
            Sample.Comment comment = stay.comment();
            if (comment == null || stay.ended() == null) {
                return;
            }
            if (status == OrderStatus.WAIT_COMMENT) {
                clock.setTo(stay.ended().plus(Duration.ofHours(5)));
                orders.comment(stay.guest(), order, comment.text(), comment.stars());
                comments++;
                status = status(order);
            }
            if (status == OrderStatus.COMPLETE
                    && comment.reply() != null
                    && !database.withConnection(tx -> DemoStore.isAnswered(tx, order))) {
                clock.setTo(stay.ended().plus(Duration.ofHours(20)));
                orders.reply(stay.host(), order, comment.reply());
            }
        }

        /** A running server ends a stay of the past by itself, and may have done so first. */
        private OrderStatus left(DemoStay stay, long order, Instant ended) {
            clock.setTo(ended);
            try {
                orders.left(stay.host(), order);
            } catch (BusinessException e) {
                if (status(order) == OrderStatus.PAID) {
                    throw e;
                }
            }
            return status(order);
        }

        private OrderStatus status(long order) {
            return database.withConnection(tx -> DemoStore.status(tx, order));
        }
    }

    /**
     * Takes the demo away. A house that somebody who is not of the demo has booked stays, with its host, for the order's
     * sake: it is taken down, and orders that are open are cancelled in the host's place, so that all money goes back and the
     * guest is told.
     */
    public RemovalSummary remove() {
        TreeSet<Long> kept = new TreeSet<>();
        List<Long> calledOff = new ArrayList<>();
        DemoStore.Removed removed = database.inTransaction(tx -> {
            DemoStore.lock(tx);
            DemoStore.Removed rows = DemoStore.remove(tx);
            if (!rows.houses().isEmpty() || rows.stays() > 0) {
                changes.append(tx, changeKeys(rows));
            }
            return rows;
        });
        // They are known for good now: the houses that are left are the ones that people have booked.
        for (DemoPlan.House house : database.withConnection(DemoStore::houses)) {
            houses.takeDown(house.owner(), house.id());
            kept.add(house.id());
        }
        for (DemoStore.Foreign order : database.withConnection(DemoStore::foreignOrders)) {
            if (callOff(order)) {
                calledOff.add(order.order());
            }
        }
        return new RemovalSummary(
                removed.houses().size(), removed.accounts().size(), removed.stays(), List.copyOf(kept), calledOff);
    }

    private boolean callOff(DemoStore.Foreign order) {
        try {
            return orders.callOff(order.host(), order.order(), order.status(), CALLED_OFF);
        } catch (BusinessException e) {
            // Its guest has just cancelled it, or its time has run out.
            return false;
        }
    }

    private static ChangeKey[] changeKeys(DemoStore.Removed rows) {
        List<ChangeKey> changeKeys = new ArrayList<>(List.of(ChangeKeys.LISTS, ChangeKeys.AREAS));
        rows.houses().forEach(house -> changeKeys.add(ChangeKeys.house(house)));
        rows.houses().forEach(house -> changeKeys.add(ChangeKeys.nights(house)));
        rows.accounts().forEach(account -> changeKeys.add(ChangeKeys.owner(account)));
        return changeKeys.toArray(ChangeKey[]::new);
    }
}
