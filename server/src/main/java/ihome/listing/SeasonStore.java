package ihome.listing;

import ihome.platform.money.Money;
import ihome.pricing.Season;
import ihome.pricing.SeasonRow;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** SQL of the dated rules of houses. */
final class SeasonStore {
    /** In the order of their dates. */
    List<Season> of(Handle tx, long house) {
        return tx.createQuery("select " + SeasonRow.COLUMNS
                        + " from house_season s where s.house_id = :house order by s.first_night")
                .bind("house", house)
                .map((row, _) -> SeasonRow.of(row))
                .list();
    }

    /** The caller holds the house's lock: it is what keeps two replacements from mixing. */
    void replace(Handle tx, long house, List<Season> seasons) {
        tx.createUpdate("delete from house_season where house_id = :house")
                .bind("house", house)
                .execute();
        if (seasons.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                insert into house_season (house_id, first_night, end_date, price, min_days, closed_to_arrival,
                                          closed_to_departure)
                values (:house, :from, :to, :price, :minDays, :closedToArrival, :closedToDeparture)
                """);
        for (Season season : seasons) {
            Money price = season.price();
            batch.bind("house", house)
                    .bind("from", season.from())
                    .bind("to", season.to())
                    .bind("price", price == null ? null : price.fen())
                    .bind("minDays", season.minDays())
                    .bind("closedToArrival", season.closedToArrival())
                    .bind("closedToDeparture", season.closedToDeparture())
                    .add();
        }
        batch.execute();
    }
}
