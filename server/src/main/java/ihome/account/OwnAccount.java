package ihome.account;

import ihome.identity.EncryptedPlace;
import ihome.identity.IdentityKeys;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.time.SiteTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** An account's own row, as its owner exports and erases it; what features keep beside it is not in here. */
public final class OwnAccount {
    /** What is still there of an account that is about to be erased. */
    public record Locked(String mobile, Optional<String> avatar) {}

    private final OwnAccountStore store = new OwnAccountStore();
    private final IdentityKeys keys;
    private final PictureLibrary pictures;
    private final SiteTime time;

    OwnAccount(IdentityKeys keys, PictureLibrary pictures, SiteTime time) {
        this.keys = keys;
        this.pictures = pictures;
        this.time = time;
    }

    /** Empty when there is no such account (any more). */
    public Optional<Map<String, Object>> exported(Handle tx, long account) {
        return store.profile(tx, account).map(profile -> view(account, profile));
    }

    private Map<String, Object> view(long account, OwnAccountStore.Profile profile) {
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

    /**
     * Locks the account until the transaction ends. Empty when there is no such account, or its password has another hash by
     * now.
     */
    public Optional<Locked> lock(Handle tx, long account, String hash) {
        return store.lock(tx, account, hash);
    }

    /** Leaves of an account that is {@link #lock locked} its number and the name {@link AccountModule#ERASED_NAME}. */
    public void erase(Handle tx, long account) {
        store.erase(tx, account, AccountModule.ERASED_NAME, time.now());
    }
}
