package ihome.photo;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.db.Database;
import ihome.platform.outbox.Outbox;
import ihome.platform.problem.BusinessException;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores an upload's picture and has it shown, or leaves nothing of it: its removal is on record before its first byte is
 * stored, and withdrawn by the very transaction that shows it. So a process that ends in between, a store that fails while
 * it should delete, and a commit that nobody heard of leave neither files that nothing shows nor a row without its files.
 */
public final class StorePicture {
    private static final Logger log = LoggerFactory.getLogger(StorePicture.class);

    private final Database database;
    private final PictureLibrary pictures;
    private final PictureRemoval removal;
    private final Outbox outbox;
    private final Limits limits;

    public StorePicture(
            Database database, PictureLibrary pictures, PictureRemoval removal, Outbox outbox, Limits limits) {
        this.database = database;
        this.pictures = pictures;
        this.removal = removal;
        this.outbox = outbox;
        this.limits = limits;
    }

    /**
     * No transaction is open while the picture store works. Fails with {@link NotAPicture}, {@link BlobStoreException}, and
     * whatever {@code show} fails with; and with REQERR when the account has uploaded as many pictures as it may, refused ones
     * included, or has used up its processor time.
     *
     * @param account who uploads
     * @param show writes the picture where it is shown, in a transaction of its own
     */
    public <T> T run(long account, byte[] upload, PictureKind kind, BiFunction<Handle, PictureKey, T> show)
            throws NotAPicture {
        ProcessedPicture picture = processed(account, upload, kind);
        PictureKey key = PictureKey.random(kind);
        Outbox.Planned unlessShown = database.inTransaction(tx -> removal.unlessShown(tx, key));
        pictures.store(key, picture);
        try {
            return database.inTransaction(tx -> {
                if (!outbox.withdraw(tx, unlessShown)) { // Its removal has begun.
                    throw new BlobStoreException("storing " + key + " took too long");
                }
                return show.apply(tx, key);
            });
        } catch (JdbiException | BusinessException e) {
            remove(key, unlessShown);
            throw e;
        }
    }

    /** The second that is taken first is that of a cheap picture; what a dear one took beyond counts afterwards. */
    private ProcessedPicture processed(long account, byte[] upload, PictureKind kind) throws NotAPicture {
        Limits.Use second = new Limits.Use(Limit.PICTURE_SECONDS_PER_ACCOUNT_HOUR, Long.toString(account));
        limits.take(new Limits.Use(Limit.PHOTOS_PER_ACCOUNT_DAY, Long.toString(account)), second);
        return pictures.process(upload, kind, account, spent -> limits.charge(second, (int) spent.toSeconds()));
    }

    /**
     * Now rather than later, unless a transaction that nobody heard of shows it. What cannot be done now is done when the
     * removal comes due.
     */
    private void remove(PictureKey key, Outbox.Planned unlessShown) {
        try {
            if (database.inTransaction(tx -> outbox.stands(tx, unlessShown))) {
                pictures.delete(key);
            }
        } catch (BlobStoreException | JdbiException e) {
            log.warn("{} is shown nowhere and will be removed later: {}", key, e.getMessage());
        }
    }
}
