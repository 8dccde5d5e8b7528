package ihome.listing;

import ihome.platform.money.Money;
import ihome.stay.CancellationPolicy;
import java.util.List;

/**
 * What a host publishes.
 *
 * @param price a night
 * @param acreage square metres
 * @param maxDays 0: no limit
 * @param facilities ids; unknown ones are dropped
 * @param instantBooking whether guests book without waiting for an answer
 */
record NewHouse(
        String title,
        Money price,
        String address,
        int areaId,
        int roomCount,
        int acreage,
        String unit,
        int capacity,
        String beds,
        Money deposit,
        int minDays,
        int maxDays,
        List<Integer> facilities,
        boolean instantBooking,
        CancellationPolicy policy) {}
