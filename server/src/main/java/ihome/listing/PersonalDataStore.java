package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.module.Erasure;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the personal data in a host's houses. */
final class PersonalDataStore implements PersonalData {
    private static final String HOUSES = """
            select h.id as house_id, h.title, h.price, area.name as area, h.address, h.room_count, h.acreage, h.unit,
                   h.capacity, h.beds, h.deposit, h.min_days, h.max_days, h.instant_booking, h.cancellation_policy,
                   h.cleaning_fee, h.weekend_price, h.base_guests, h.extra_guest_fee, h.weekly_discount,
                   h.monthly_discount, h.early_bird_days, h.early_bird_percent, h.last_minute_days,
                   h.last_minute_percent, h.description, h.rules,
                   to_char(h.check_in_from, 'HH24:MI') as check_in_from,
                   to_char(h.check_in_until, 'HH24:MI') as check_in_until,
                   to_char(h.check_out_by, 'HH24:MI') as check_out_by, coalesce(p.door, '') as door,
                   coalesce(p.arrival_guide, '') as arrival_guide, h.latitude, h.longitude,
                   h.published, h.order_count, h.created_at as create_time,
                   (select count(*) from house_image where house_id = h.id) as pictures
            from house h join area on area.id = h.area_id left join house_arrival p on p.house_id = h.id
            where h.owner_id = :account order by h.id desc limit :most
            """;

    private static final String SEASONS = """
            select s.house_id, s.first_night as "from", s.end_date as "to", s.price, s.min_days, s.closed_to_arrival,
                   s.closed_to_departure
            from house_season s join house h on h.id = s.house_id
            where h.owner_id = :account order by s.house_id desc, s.first_night limit :most
            """;

    @Override
    public List<ExportedList> exports() {
        return List.of(new ExportedList("houses", HOUSES), new ExportedList("seasons", SEASONS));
    }

    /**
     * Nobody finds the houses any more, and what they said and where they are is forgotten, with their photos; their titles
     * stay.
     */
    @Override
    public void erase(Handle tx, Erasure erasure) {
        erasure.change(ChangeKeys.LISTS);
        erasure.change(ChangeKeys.AREAS);
        tx.createUpdate("delete from house_arrival where house_id in (select id from house where owner_id = :account)")
                .bind("account", erasure.account())
                .execute();
        tx.createUpdate("delete from house_season where house_id in (select id from house where owner_id = :account)")
                .bind("account", erasure.account())
                .execute();
        tx.createQuery("""
                        update house set published = false, address = '', latitude = null, longitude = null,
                            main_image = null, description = '', rules = ''
                        where owner_id = :account returning id
                        """)
                .bind("account", erasure.account())
                .mapTo(Long.class)
                .forEach(house -> erasure.change(ChangeKeys.house(house)));
        tx.createQuery("""
                        delete from house_image where house_id in (select id from house where owner_id = :account)
                        returning picture
                        """)
                .bind("account", erasure.account())
                .mapTo(String.class)
                .forEach(erasure::removePicture);
    }
}
