package ihome.listing;

import ihome.pricing.PriceRules;
import ihome.stay.HouseTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one house that everybody may see; of the position they see the neighbourhood.
 *
 * @param ownerAvatar picture key; null when there is none
 * @param acreage square metres
 * @param maxDays 0: no limit
 * @param pictures picture keys in their order
 * @param facilities ids
 * @param cancellationPolicy its name on the wire
 * @param ratingSum all stars together
 * @param ratingCount how many guests gave stars
 * @param position null when it is not known
 */
record HouseDetail(
        long id,
        long ownerId,
        String ownerName,
        @Nullable String ownerAvatar,
        String title,
        PriceRules prices,
        HousePlace place,
        String address,
        int roomCount,
        int acreage,
        String unit,
        int capacity,
        String beds,
        int minDays,
        int maxDays,
        List<String> pictures,
        List<Integer> facilities,
        boolean instantBooking,
        String cancellationPolicy,
        long ratingSum,
        int ratingCount,
        @Nullable MapPosition position,
        HouseTexts texts,
        HouseTimes times) {}
