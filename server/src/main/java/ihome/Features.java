package ihome;

import ihome.account.AccountModule;
import ihome.backup.BackupModule;
import ihome.booking.BookingModule;
import ihome.favourite.FavouriteModule;
import ihome.identity.Audit;
import ihome.identity.IdentityModule;
import ihome.ledger.LedgerModule;
import ihome.listing.HouseViews;
import ihome.listing.ListingModule;
import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.notice.NoticeModule;
import ihome.occupant.OccupantModule;
import ihome.operation.OperationModule;
import ihome.payment.PaymentConfig;
import ihome.payment.PaymentModule;
import ihome.photo.PhotoModule;
import ihome.photo.PictureLibrary;
import ihome.photo.PictureProcessor;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.http.SessionCookie;
import ihome.platform.outbox.OutboxFile;
import ihome.privacy.PrivacyModule;
import ihome.review.ReviewModule;
import ihome.review.ReviewStore;
import ihome.search.SearchModule;
import ihome.siteconfig.CurrentSite;
import ihome.verification.VerificationModule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The features of the site, a module each. */
final class Features {
    private final Lifecycle lifecycle;
    private final List<FeatureModule> modules = new ArrayList<>();
    private final BookingModule booking;
    private final PaymentModule payment;
    private final SearchModule search;
    private final OperationModule operation;

    /**
     * Makes them.
     *
     * @param site what the site says of itself
     * @param url the address that guests reach the site by
     * @param lifecycle takes what has to be stopped
     */
    Features(AppConfig config, PlatformModule base, CurrentSite site, URI url, Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        Platform platform = base.platform();
        SessionCookie cookie = new SessionCookie("https".equals(url.getScheme()), config.sessionLifetime());
        OutboxFile outboxFile = new OutboxFile(config.data().resolve("outbox.jsonl"));
        BlobStore blobs = BlobStores.open(config.media(), url);
        PictureLibrary pictures = new PictureLibrary(new PictureProcessor(), blobs);
        HouseViews views = new HouseViews(pictures, platform.time());
        ReviewStore reviews = new ReviewStore();

        modules.add(base);
        IdentityModule identity = add(new IdentityModule(config.identityKeys(), platform.database(), platform.time()));
        PhotoModule photos = add(new PhotoModule(platform, pictures, blobs));
        VerificationModule verification = add(new VerificationModule(platform, config.sms(), outboxFile, config.dev()));
        AccountModule accounts =
                add(new AccountModule(platform, base.sessions(), cookie, verification.codes(), identity, photos));
        add(new ListingModule(platform, base.answers(), photos, views, reviews));
        add(new ReviewModule(platform, reviews));
        add(new FavouriteModule(platform, views));
        search = add(new SearchModule(platform, base.answers(), views, config.searchIndex(), base.heardAll()));
        NoticeModule notices = add(new NoticeModule(platform));
        booking = add(new BookingModule(
                platform,
                config.booking(),
                config.payment() instanceof PaymentConfig.None,
                pictures,
                notices.notices(),
                reviews,
                base.idempotencyKeys()));
        add(new LedgerModule());
        add(new OccupantModule(platform, identity, config.booking().occupants()));
        payment = add(new PaymentModule(
                platform,
                config.payment(),
                new PaymentModule.Site(url, config.data(), config.databaseUrl().isPresent(), site),
                booking.booking().payments(),
                base.idempotencyKeys()));
        add(new BackupModule(
                platform,
                config.backup(),
                config.media() instanceof MediaConfig.Local ? Optional.of(blobs) : Optional.empty(),
                config.data(),
                () -> new Audit()
                        .byOperator(
                                platform.database(),
                                Audit.What.BACKED_UP,
                                platform.time().clock().instant())));
        operation = add(new OperationModule(
                platform,
                config.operation().metricsAge(),
                config.operation().management().isPresent(),
                photos.files()));
        add(new PrivacyModule(
                platform, accounts, identity, photos, base.sessions(), cookie, () -> all(FeatureModule::personalData)));
    }

    private <M extends FeatureModule> M add(M module) {
        modules.add(lifecycle.add(module));
        return module;
    }

    /** What all modules declare of one kind. */
    <T> List<T> all(Function<FeatureModule, List<T>> declared) {
        return modules.stream().map(declared).flatMap(List::stream).toList();
    }

    List<FeatureModule> modules() {
        return modules;
    }

    BookingModule booking() {
        return booking;
    }

    PaymentModule payment() {
        return payment;
    }

    SearchModule search() {
        return search;
    }

    OperationModule operation() {
        return operation;
    }
}
