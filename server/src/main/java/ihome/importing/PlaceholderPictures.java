package ihome.importing;

import java.util.HashSet;
import java.util.Set;

/** Hands each placeholder picture that houses need to the sink, once. */
public final class PlaceholderPictures {
    private final PictureSink sink;
    private final Set<String> stored = new HashSet<>();

    public PlaceholderPictures(PictureSink sink) {
        this.sink = sink;
    }

    /** How many were handed over so far. */
    public int count() {
        return stored.size();
    }

    /** Returns when the sink has all of them; what it throws comes out of here. */
    public void require(Set<String> pictureKeys) {
        for (PlaceholderPicture picture : PlaceholderPicture.all()) {
            if (pictureKeys.contains(picture.pictureKey()) && stored.add(picture.pictureKey())) {
                picture.files().forEach(sink::put);
            }
        }
    }
}
