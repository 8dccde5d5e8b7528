package ihome.photo;

import java.util.List;

/** What a picture shows, and so in which sizes it is kept. */
public enum PictureKind {
    HOUSE("p"),
    AVATAR("a");

    private final String folder;

    PictureKind(String folder) {
        this.folder = folder;
    }

    /** First segment of the keys. */
    String folder() {
        return folder;
    }

    /** The sizes kept of this kind, widest first. */
    public List<Rendition> renditions() {
        return switch (this) {
            case HOUSE -> List.of(Rendition.DETAIL, Rendition.LIST);
            case AVATAR -> List.of(Rendition.AVATAR);
        };
    }
}
