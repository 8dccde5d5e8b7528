package ihome.occupant;

import ihome.identity.Audit;
import ihome.identity.EncryptedPlace;
import ihome.identity.IdentityKeys;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.crypto.FieldCipher;
import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;
import ihome.platform.time.SiteTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The guest of an order names who stays; names, numbers and mobiles are encrypted before they reach the database, and whoever
 * reads them is on record first. Fails with {@link #NOT_POSSIBLE}.
 */
final class Occupants {
    /** Somebody else's order, none at all, or one whose stay is over: told alike to strangers. */
    static final Problem NOT_POSSIBLE = new Problem(Errno.REQERR, "订单不存在或当前状态不允许此操作");

    private final OccupantStore store = new OccupantStore();
    private final Database database;
    private final IdentityKeys keys;
    private final Audit audit;
    private final Limits limits;
    private final SiteTime time;

    Occupants(Database database, IdentityKeys keys, Audit audit, Limits limits, SiteTime time) {
        this.database = database;
        this.keys = keys;
        this.audit = audit;
        this.limits = limits;
        this.time = time;
    }

    /**
     * Those of an order.
     *
     * @param needed adults and children of the order
     */
    record Named(int needed, List<Occupant> occupants) {}

    /**
     * Names all of them, instead of those that were named before. Fails with PARAMERR naming {@code occupants} when they are
     * fewer than the order's adults and children, or more than all its guests, and with REQERR for who has named too often.
     */
    Named give(long account, long order, List<Occupant> occupants) {
        limits.take(new Limits.Use(Limit.OCCUPANTS_PER_ACCOUNT_DAY, Long.toString(account)));
        return database.inTransaction(tx -> {
            OccupantStore.Stay stay = store.lock(tx, order)
                    .filter(found -> found.guest() == account && found.open())
                    .orElseThrow(NOT_POSSIBLE::exception);
            int most = stay.needed() + stay.infants();
            if (occupants.size() < stay.needed() || occupants.size() > most) {
                throw BusinessException.badField(
                        "occupants",
                        most == stay.needed() ? "应为 " + most + " 位" : "应为 " + stay.needed() + " 到 " + most + " 位");
            }
            FieldCipher cipher = keys.forWriting(tx);
            List<OccupantStore.Sealed> sealed = new ArrayList<>();
            for (Occupant each : occupants) {
                sealed.add(sealed(cipher, order, sealed.size() + 1, each));
            }
            store.replace(tx, order, sealed, time.now());
            audit.byOwner(tx, account, Audit.What.OCCUPANTS_GIVEN, time.now());
            return new Named(stay.needed(), occupants);
        });
    }

    private static OccupantStore.Sealed sealed(FieldCipher cipher, long order, int place, Occupant one) {
        String mobile = one.mobile();
        return new OccupantStore.Sealed(
                place,
                cipher.encrypt(one.name(), EncryptedPlace.occupant(order, place, "name")),
                one.type().wire(),
                cipher.encrypt(one.number(), EncryptedPlace.occupant(order, place, "id_number")),
                mobile == null ? null : cipher.encrypt(mobile, EncryptedPlace.occupant(order, place, "mobile")));
    }

    /** Those that the guest has named. */
    Named of(long account, long order) {
        return database.inTransaction(tx -> {
            OccupantStore.Stay stay = store.stay(tx, order)
                    .filter(found -> found.guest() == account)
                    .orElseThrow(NOT_POSSIBLE::exception);
            List<OccupantStore.Sealed> sealed = store.of(tx, order);
            if (!sealed.isEmpty()) {
                audit.byOwner(tx, account, Audit.What.OCCUPANTS_READ, time.now());
            }
            return new Named(
                    stay.needed(),
                    sealed.stream().map(each -> opened(keys, order, each)).toList());
        });
    }

    static Occupant opened(IdentityKeys keys, long order, OccupantStore.Sealed sealed) {
        int place = sealed.place();
        byte[] mobile = sealed.mobile();
        return new Occupant(
                keys.decrypt(sealed.name(), EncryptedPlace.occupant(order, place, "name")),
                IdType.of(sealed.type()).orElseThrow(),
                keys.decrypt(sealed.number(), EncryptedPlace.occupant(order, place, "id_number")),
                mobile == null ? null : keys.decrypt(mobile, EncryptedPlace.occupant(order, place, "mobile")));
    }

    /** Deletes what is kept no longer; returns how many. */
    int sweep(int keptDays) {
        return database.inTransaction(
                (Handle tx) -> store.sweep(tx, time.today().minusDays(keptDays), time.today()));
    }
}
