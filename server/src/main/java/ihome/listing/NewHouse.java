package ihome.listing;

import ihome.pricing.PriceRules;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host publishes, and edits later.
 *
 * @param acreage square metres
 * @param maxDays 0: no limit
 * @param facilities ids; unknown ones are dropped
 * @param instantBooking whether guests book without waiting for an answer
 * @param position null when it is not known
 * @param times shown to guests
 * @param arrival private
 */
record NewHouse(
        String title,
        PriceRules prices,
        String address,
        int areaId,
        int roomCount,
        int acreage,
        String unit,
        int capacity,
        String beds,
        int minDays,
        int maxDays,
        List<Integer> facilities,
        boolean instantBooking,
        CancellationPolicy policy,
        @Nullable MapPosition position,
        HouseTexts texts,
        HouseTimes times,
        ArrivalInfo arrival) {}
