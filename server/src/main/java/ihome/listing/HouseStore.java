package ihome.listing;

import ihome.platform.money.Money;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PriceRules;
import ihome.pricing.Season;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** All SQL of houses but the search's. */
final class HouseStore {
    /** A house without an address is an erased account's: an edit that was under way comes too late. */
    private static final String OWNERSHIP =
            "select owner_id, published, address = '' as erased from house where id = :house";

    private record Ownership(long owner, boolean published, boolean erased) {}

    static final String AREA_EXISTS = "house_area_id_fkey";

    long insert(Handle tx, long owner, NewHouse house, Instant now) {
        return bind(tx.createQuery("""
                        insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                           beds, deposit, min_days, max_days, instant_booking, cancellation_policy,
                                           latitude, longitude, description, rules, check_in_from, check_in_until,
                                           check_out_by, weekend_price, cleaning_fee, base_guests,
                                           extra_guest_fee, weekly_discount, monthly_discount, early_bird_days,
                                           early_bird_percent, last_minute_days, last_minute_percent, created_at)
                        values (:owner, :title, :price, :area, :address, :rooms, :acreage, :unit, :capacity,
                                :beds, :deposit, :minDays, :maxDays, :instantBooking, :policy,
                                :latitude, :longitude, :description, :rules, :checkInFrom, :checkInUntil,
                                :checkOutBy, :weekendPrice, :cleaningFee, :baseGuests,
                                :extraGuestFee, :weeklyDiscount, :monthlyDiscount, :earlyBirdDays,
                                :earlyBirdPercent, :lastMinuteDays, :lastMinutePercent, :now)
                        returning id
                        """), house)
                .bind("owner", owner)
                .bind("now", now)
                .mapTo(long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S bind(S sql, NewHouse house) {
        MapPosition position = house.position();
        PriceRules prices = house.prices();
        Money weekend = prices.weekendPrice();
        LeadTimeDiscount early = prices.earlyBird();
        LeadTimeDiscount late = prices.lastMinute();
        return sql.bind("title", house.title())
                .bind("price", prices.price().fen())
                .bind("area", house.areaId())
                .bind("address", house.address())
                .bind("rooms", house.roomCount())
                .bind("acreage", house.acreage())
                .bind("unit", house.unit())
                .bind("capacity", house.capacity())
                .bind("beds", house.beds())
                .bind("deposit", prices.deposit().fen())
                .bind("minDays", house.minDays())
                .bind("maxDays", house.maxDays())
                .bind("instantBooking", house.instantBooking())
                .bind("policy", house.policy().wire())
                .bind("latitude", position == null ? null : position.latitude())
                .bind("longitude", position == null ? null : position.longitude())
                .bind("weekendPrice", weekend == null ? null : weekend.fen())
                .bind("cleaningFee", prices.cleaningFee().fen())
                .bind("baseGuests", prices.baseGuests())
                .bind("extraGuestFee", prices.extraGuestFee().fen())
                .bind("earlyBirdDays", early == null ? null : early.days())
                .bind("earlyBirdPercent", early == null ? null : early.percent())
                .bind("lastMinuteDays", late == null ? null : late.days())
                .bind("lastMinutePercent", late == null ? null : late.percent())
                .bind("weeklyDiscount", prices.weeklyDiscount())
                .bind("monthlyDiscount", prices.monthlyDiscount())
                .bind("description", house.texts().description())
                .bind("rules", house.texts().rules())
                .bind("checkInFrom", house.times().checkInFrom())
                .bind("checkInUntil", house.times().checkInUntil())
                .bind("checkOutBy", house.times().checkOutBy());
    }

    /** From now on this is how to get in. */
    void setArrival(Handle tx, long house, ArrivalInfo arrival) {
        tx.createUpdate("""
                        insert into house_arrival (house_id, door, arrival_guide) values (:house, :door, :guide)
                        on conflict (house_id) do update set door = excluded.door, arrival_guide = excluded.arrival_guide
                        """)
                .bind("house", house)
                .bind("door", arrival.door())
                .bind("guide", arrival.guide())
                .execute();
    }

    void replaceFacilities(Handle tx, long house, List<Integer> facilities) {
        tx.createUpdate("delete from house_facility where house_id = :house and facility_id <> all(:ids)")
                .bind("house", house)
                .bindArray("ids", Integer.class, facilities)
                .execute();
        addFacilities(tx, house, facilities);
    }

    /** How many houses the account has; it can publish no other before this transaction ends. */
    int countOfOwner(Handle tx, long owner) {
        boolean _ = tx.createQuery("select 1 from account where id = :owner for no key update")
                .bind("owner", owner)
                .mapTo(int.class)
                .findOne()
                .isPresent();
        return tx.createQuery("select count(*) from house where owner_id = :owner")
                .bind("owner", owner)
                .mapTo(int.class)
                .one();
    }

    /** Adds those of the facilities that exist, and that it has not yet. */
    void addFacilities(Handle tx, long house, List<Integer> facilities) {
        tx.createUpdate("""
                        insert into house_facility (house_id, facility_id)
                        select :house, id from facility where id = any(:ids)
                        on conflict do nothing
                        """)
                .bind("house", house)
                .bindArray("ids", Integer.class, facilities)
                .execute();
    }

    /**
     * Checks whose house it is. Fails with {@link ListingProblem#NO_SUCH_HOUSE}, which is also what others are told of a
     * house that was taken down, and {@link ListingProblem#NOT_THE_OWNER}.
     */
    void checkOwn(Handle tx, long house, long account) {
        checkOwn(tx, OWNERSHIP, house, account);
    }

    /** Locks a house of the account until the transaction ends. Fails as {@link #checkOwn}. */
    void lockOwn(Handle tx, long house, long account) {
        checkOwn(tx, OWNERSHIP + " for no key update", house, account);
    }

    /** As {@link #lockOwn}, and no order for the house is placed meanwhile. */
    void lockOwnAgainstOrders(Handle tx, long house, long account) {
        checkOwn(tx, OWNERSHIP + " for update", house, account);
    }

    private static void checkOwn(Handle tx, String query, long house, long account) {
        Ownership of = tx.createQuery(query)
                .bind("house", house)
                .map((row, _) ->
                        new Ownership(row.getLong("owner_id"), row.getBoolean("published"), row.getBoolean("erased")))
                .findOne()
                .orElseThrow(ListingProblem.NO_SUCH_HOUSE::exception);
        if (of.erased()) {
            throw ListingProblem.NO_SUCH_HOUSE.exception();
        }
        if (of.owner() != account) {
            throw (of.published() ? ListingProblem.NOT_THE_OWNER : ListingProblem.NO_SUCH_HOUSE).exception();
        }
    }

    /** Everything that publishing said, but the facilities and how to get in. */
    void update(Handle tx, long id, NewHouse house) {
        bind(tx.createUpdate("""
                        update house
                        set title = :title, price = :price, area_id = :area, address = :address, room_count = :rooms,
                            acreage = :acreage, unit = :unit, capacity = :capacity, beds = :beds, deposit = :deposit,
                            min_days = :minDays, max_days = :maxDays, instant_booking = :instantBooking,
                            cancellation_policy = :policy, latitude = :latitude, longitude = :longitude,
                            description = :description, rules = :rules, check_in_from = :checkInFrom,
                            check_in_until = :checkInUntil, check_out_by = :checkOutBy,
                            weekend_price = :weekendPrice, cleaning_fee = :cleaningFee, base_guests = :baseGuests,
                            extra_guest_fee = :extraGuestFee, weekly_discount = :weeklyDiscount,
                            monthly_discount = :monthlyDiscount, early_bird_days = :earlyBirdDays,
                            early_bird_percent = :earlyBirdPercent, last_minute_days = :lastMinuteDays,
                            last_minute_percent = :lastMinutePercent
                        where id = :id
                        """), house).bind("id", id).execute();
    }

    void setPublished(Handle tx, long house, boolean published) {
        tx.createUpdate("update house set published = :published where id = :house")
                .bind("published", published)
                .bind("house", house)
                .execute();
    }

    /** The house as it is edited, with what is private, whoever asks. */
    Optional<OwnHouse> own(Handle tx, long house) {
        List<OwnHouse.Photo> photos = new PhotoStore().all(tx, house);
        List<Season> seasons = new SeasonStore().of(tx, house);
        return tx.createQuery("""
                        select h.*, array(select f.facility_id::int from house_facility f where f.house_id = h.id
                                          order by f.facility_id) as facilities,
                               coalesce(p.door, '') as door, coalesce(p.arrival_guide, '') as arrival_guide
                        from house h left join house_arrival p on p.house_id = h.id
                        where h.id = :house
                        """)
                .bind("house", house)
                .map((row, _) -> new OwnHouse(
                        row.getLong("id"),
                        row.getLong("owner_id"),
                        HouseRow.newHouse(row),
                        row.getBoolean("published"),
                        photos,
                        seasons,
                        row.getInt("order_count"),
                        row.getTimestamp("created_at").toInstant()))
                .findOne();
    }

    /** What everybody may see; empty also for a house that was taken down. */
    Optional<HouseDetail> detail(Handle tx, long house) {
        return tx.createQuery("""
                        select h.*, a.name as owner_name, a.avatar as owner_avatar, area.name as area_name, area.city_id,
                               array(select i.picture from house_image i where i.house_id = h.id
                                     order by i.position, i.id) as pictures,
                               array(select f.facility_id::int from house_facility f where f.house_id = h.id
                                     order by f.facility_id) as facilities
                        from house h join account a on a.id = h.owner_id join area on area.id = h.area_id
                        where h.id = :house and h.published
                        """)
                .bind("house", house)
                .map((row, _) -> HouseRow.detail(row))
                .findOne();
    }

    /** Some houses of an owner, the newest first, from the one before {@code before} on. */
    List<HouseSummary> ofOwner(Handle tx, long owner, long before, int count) {
        return tx.createQuery(HouseSummary.SELECT
                        + " where h.owner_id = :owner and h.id < :before order by h.id desc limit :count")
                .bind("owner", owner)
                .bind("before", before)
                .bind("count", count)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }

    /** The published houses with most orders among those that have a main image. */
    List<HouseSummary> slides(Handle tx, int count) {
        return tx.createQuery(
                        HouseSummary.SELECT
                                + " where h.main_image is not null and h.published order by h.order_count desc, h.id desc limit :count")
                .bind("count", count)
                .map((row, _) -> HouseSummary.of(row))
                .list();
    }
}
