package ihome.photo;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The files that pictures are kept in: one for each width. */
public final class PictureFiles {
    private PictureFiles() {}

    /** Blob keys of all pictures that accounts and houses show, in an order that stays. */
    public static List<String> shown(Handle tx) {
        List<String> files = new ArrayList<>();
        for (String picture : new ReferencedPictureStore().all(tx)) {
            PictureKey key = PictureKey.parse(picture);
            key.kind().renditions().forEach(rendition -> files.add(key.file(rendition)));
        }
        return files;
    }
}
