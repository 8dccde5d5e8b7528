package ihome.photo;

/** The sizes in which pictures are kept. A picture smaller than a rendition keeps its own size: none is enlarged. */
public enum Rendition {
    /** A house in a list: at most 480 pixels wide. */
    LIST(480, false),
    /** A house on its own page: at most 1,280 pixels wide. */
    DETAIL(1280, false),
    /** A person: the middle square, at most 256 pixels a side. */
    AVATAR(256, true);

    private final int width;
    private final boolean square;

    Rendition(int width, boolean square) {
        this.width = width;
        this.square = square;
    }

    /** Greatest width in pixels of the upright picture; the height follows. */
    public int width() {
        return width;
    }

    /** Whether the picture is cut to its middle square. */
    public boolean square() {
        return square;
    }
}
