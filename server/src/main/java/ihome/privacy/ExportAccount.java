package ihome.privacy;

import ihome.account.OwnAccount;
import ihome.identity.Audit;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.module.ExportedList;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.session.Session;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that is held about an account, as one snapshot shows it, for its owner: the account itself, and the lists that
 * the features declare. Of orders with others there is what the owner may see anyway, and nothing that is the other's own.
 * Each list has the newest {@value #MOST} at most; {@code complete} tells whether that was all.
 *
 * <p>Fails with {@link PrivacyProblem#NO_SUCH_ACCOUNT}, and REQERR when a limit is reached.
 */
final class ExportAccount {
    /** Of each kind: bounds the answer at some megabytes. */
    static final int MOST = 5_000;

    /** Lists stand in this order in an export, whatever the order of the features; others follow, by name. */
    private static final List<String> ORDER = List.of(
            "houses",
            "seasons",
            "orders_as_guest",
            "orders_as_host",
            "comments",
            "replies",
            "guest_reviews",
            "reports",
            "payments",
            "refunds",
            "deposit_claims",
            "order_changes",
            "income",
            "favourites",
            "notices",
            "identity_access",
            "occupants");

    private final Platform platform;
    private final OwnAccount accounts;
    private final Audit audit;
    private final Sessions sessions;
    private final Supplier<List<PersonalData>> data;
    private final SiteTime time;
    private final ExportStore store;

    /** @param data what the features keep */
    ExportAccount(
            Platform platform, OwnAccount accounts, Audit audit, Sessions sessions, Supplier<List<PersonalData>> data) {
        this.platform = platform;
        this.accounts = accounts;
        this.audit = audit;
        this.sessions = sessions;
        this.data = data;
        this.time = platform.time();
        this.store = new ExportStore(time);
    }

    private List<ExportedList> declared() {
        return data.get().stream()
                .flatMap(each -> each.exports().stream())
                .sorted(Comparator.comparingInt(ExportAccount::place).thenComparing(ExportedList::name))
                .toList();
    }

    private static int place(ExportedList list) {
        int place = ORDER.indexOf(list.name());
        return place < 0 ? ORDER.size() : place;
    }

    Map<String, Object> run(long account, Optional<String> token) {
        platform.limits().take(new Limits.Use(Limit.EXPORTS_PER_ACCOUNT_DAY, Long.toString(account)));
        platform.database().inTransaction(tx -> {
            audit.byOwner(tx, account, Audit.What.EXPORTED, time.now());
            return null;
        });
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("exported_at", time.format(time.now()));
        Map<String, List<Map<String, Object>>> lists = new LinkedHashMap<>();
        platform.database().inSnapshot(tx -> {
            export.put("user", accounts.exported(tx, account).orElseThrow(PrivacyProblem.NO_SUCH_ACCOUNT::exception));
            declared().forEach(list -> lists.put(list.name(), store.rows(tx, list, account, MOST + 1)));
            return null;
        });
        export.put("complete", lists.values().stream().allMatch(list -> list.size() <= MOST));
        lists.forEach((name, list) -> export.put(name, list.subList(0, Math.min(list.size(), MOST))));
        export.put(
                "sessions",
                sessions.of(account, token).stream().map(this::session).toList());
        return export;
    }

    private Map<String, Object> session(Session session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("device", session.device());
        view.put("create_time", time.format(session.begun()));
        view.put("last_used", time.format(session.lastUsed()));
        return view;
    }
}
