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
    private final StorePicture storePicture;
    private final MediaFiles files;

    /** @param library the pictures of the site in {@code blobs} */
    public PhotoModule(Platform platform, PictureLibrary library, BlobStore blobs) {
        this.platform = platform;
        this.library = library;
        this.removal = new PictureRemoval(platform.outbox());
        this.storePicture =
                new StorePicture(platform.database(), library, removal, platform.outbox(), platform.limits());
        this.files = new MediaFiles(blobs);
    }

    public PictureLibrary library() {
        return library;
    }

    public PictureRemoval removal() {
        return removal;
    }

    public StorePicture storePicture() {
        return storePicture;
    }

    public MediaFiles files() {
        return files;
    }

    @Override
    public Map<String, Channel> channels() {
        return Map.of(PictureRemoval.KIND, PictureRemoval.channel(platform.database(), library));
    }
}
