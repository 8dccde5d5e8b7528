package ihome.photo;

import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.platform.blob.BlobStore;
import ihome.platform.outbox.Channel;
import java.util.Map;

/** Pictures: processing, storing, removing, and the files that the public may fetch. */
public final class PhotoModule implements FeatureModule {
    private final Platform platform;
    private final PictureLibrary library;
    private final PictureRemoval removal;
    private final KeepPicture keepPicture;
    private final MediaFiles files;

    /** @param library the pictures of the site in {@code blobs} */
    public PhotoModule(Platform platform, PictureLibrary library, BlobStore blobs) {
        this.platform = platform;
        this.library = library;
        this.removal = new PictureRemoval(platform.outbox());
        this.keepPicture = new KeepPicture(platform.database(), library, removal, platform.outbox(), platform.limits());
        this.files = new MediaFiles(blobs);
    }

    public PictureLibrary library() {
        return library;
    }

    public PictureRemoval removal() {
        return removal;
    }

    public KeepPicture keepPicture() {
        return keepPicture;
    }

    public MediaFiles files() {
        return files;
    }

    @Override
    public Map<String, Channel> channels() {
        return Map.of(PictureRemoval.KIND, PictureRemoval.channel(platform.database(), library));
    }
}
