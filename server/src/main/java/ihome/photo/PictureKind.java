package ihome.photo;

import java.util.List;

/** What a picture shows, and so in which sizes it is kept. */
public enum PictureKind {
    HOUSE("p", List.of(Rendition.DETAIL, Rendition.LIST)),
    AVATAR("a", List.of(Rendition.AVATAR));

    private final String folder;
    private final List<Rendition> renditions;

    PictureKind(String folder, List<Rendition> renditions) {
        this.folder = folder;
        this.renditions = renditions;
    }

    /** First segment of the keys. */
    String folder() {
        return folder;
    }

    /** The sizes kept of this kind, widest first. */
    public List<Rendition> renditions() {
        return renditions;
    }
}
