package ihome.privacy;

import ihome.account.IdCard;
import ihome.identity.Audit;
import ihome.identity.EncryptedPlace;
import ihome.identity.IdentityKeys;
import ihome.identity.Masked;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.db.Database;
import ihome.platform.session.Session;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is held about an account, as one snapshot shows it, for its owner. Of orders with others there is what
 * the owner may see anyway, and nothing that is the other's own. Each list has the newest {@value #MOST} at most; {@code
 * complete} tells whether that was all.
 *
 * <p>Fails with {@link PrivacyProblem#NO_SUCH_ACCOUNT}, and REQERR when a limit is reached.
 */
final class ExportAccount {
    /** Of each kind: bounds the answer at some megabytes. */
    static final int MOST = 5_000;

    private final Database database;
    private final IdentityKeys keys;
    private final Audit audit;
    private final Sessions sessions;
    private final Limits limits;
    private final PictureLibrary pictures;
    private final SiteTime time;
    private final ExportStore store;

    ExportAccount(
            Database database,
            IdentityKeys keys,
            Audit audit,
            Sessions sessions,
            Limits limits,
            PictureLibrary pictures,
            SiteTime time) {
        this.database = database;
        this.keys = keys;
        this.audit = audit;
        this.sessions = sessions;
        this.limits = limits;
        this.pictures = pictures;
        this.time = time;
        this.store = new ExportStore(time);
    }

    Map<String, Object> run(long account, Optional<String> token) {
        limits.take(new Limits.Use(Limit.EXPORTS_PER_ACCOUNT_DAY, Long.toString(account)));
        database.inTransaction(tx -> {
            audit.byOwner(tx, account, Audit.What.EXPORTED, time.now());
            return null;
        });
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("exported_at", time.format(time.now()));
        Map<String, List<Map<String, Object>>> lists = new LinkedHashMap<>();
        database.inSnapshot(tx -> {
            ExportStore.Profile profile =
                    store.profile(tx, account).orElseThrow(PrivacyProblem.NO_SUCH_ACCOUNT::exception);
            export.put("user", user(account, profile));
            store.lists(tx, account, MOST + 1, lists);
            lists.put(
                    "occupants",
                    store.occupants(tx, account, MOST + 1).stream()
                            .map(this::occupant)
                            .toList());
            return null;
        });
        export.put("complete", lists.values().stream().allMatch(list -> list.size() <= MOST));
        lists.forEach((name, list) -> export.put(name, list.subList(0, Math.min(list.size(), MOST))));
        export.put(
                "sessions",
                sessions.of(account, token).stream().map(this::session).toList());
        return export;
    }

    private Map<String, Object> user(long account, ExportStore.Profile profile) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("user_id", account);
        user.put("mobile", profile.mobile());
        user.put("name", profile.name());
        user.put(
                "avatar",
                profile.avatar()
                        .map(avatar -> pictures.url(PictureKey.parse(avatar), Rendition.AVATAR))
                        .orElse(""));
        user.put("create_time", time.format(profile.createdAt()));
        user.put(
                "real_name",
                profile.realName()
                        .map(kept -> keys.decrypt(kept, EncryptedPlace.realName(account)))
                        .orElse(null));
        user.put(
                "id_card",
                profile.idCard()
                        .map(kept -> keys.decrypt(kept, EncryptedPlace.idCard(account)))
                        .map(number -> new IdCard(number).masked())
                        .orElse(null));
        user.put("verified_at", profile.verifiedAt().map(time::format).orElse(null));
        return user;
    }

    private Map<String, Object> occupant(ExportStore.SealedOccupant kept) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("order_id", kept.order());
        view.put("name", keys.decrypt(kept.name(), place(kept, "name")));
        view.put("id_type", kept.type());
        view.put("id_number", Masked.number(keys.decrypt(kept.number(), place(kept, "id_number"))));
        view.put(
                "mobile",
                kept.mobile()
                        .map(mobile -> keys.decrypt(mobile, place(kept, "mobile")))
                        .orElse(null));
        return view;
    }

    private static String place(ExportStore.SealedOccupant kept, String field) {
        return EncryptedPlace.occupant(kept.order(), kept.place(), field);
    }

    private Map<String, Object> session(Session session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("device", session.device());
        view.put("create_time", time.format(session.begun()));
        view.put("last_used", time.format(session.lastUsed()));
        return view;
    }
}
