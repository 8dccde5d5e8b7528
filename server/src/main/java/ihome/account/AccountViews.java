package ihome.account;

import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.Rendition;
import ihome.platform.time.SiteTime;

/** Accounts as the API shows them to themselves. */
final class AccountViews {
    private final PictureLibrary pictures;
    private final SiteTime time;

    AccountViews(PictureLibrary pictures, SiteTime time) {
        this.pictures = pictures;
        this.time = time;
    }

    /** The avatar's address has two names: the contract's, and the one that most clients read. */
    record UserView(long userId, String name, String mobile, String avatar, String avatarUrl, String createTime) {}

    record LogInView(long userId) {}

    record NameView(String name) {}

    record AvatarView(String avatarUrl) {}

    AvatarView avatar(PictureKey key) {
        return new AvatarView(pictures.url(key, Rendition.AVATAR));
    }

    UserView user(Account account) {
        String avatar =
                account.avatar() == null ? "" : pictures.url(PictureKey.parse(account.avatar()), Rendition.AVATAR);
        String mobile = account.mobile() == null ? "" : account.mobile();
        return new UserView(account.id(), account.name(), mobile, avatar, avatar, time.format(account.createdAt()));
    }
}
