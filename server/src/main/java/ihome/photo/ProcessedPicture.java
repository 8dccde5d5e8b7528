package ihome.photo;

import java.util.Map;

/**
 * An upload made safe: JPEG files with nothing in them but pixels.
 *
 * @param width of the uploaded picture once upright, in pixels
 * @param height of the uploaded picture once upright, in pixels
 * @param renditions JPEG bytes for every size of the kind
 */
public record ProcessedPicture(int width, int height, Map<Rendition, byte[]> renditions) {
    public ProcessedPicture {
        renditions = Map.copyOf(renditions);
    }

    /**
     * JPEG bytes of one size.
     *
     * @throws IllegalArgumentException pictures of this kind have no such size
     */
    public byte[] file(Rendition rendition) {
        byte[] file = renditions.get(rendition);
        if (file == null) {
            throw new IllegalArgumentException("no " + rendition);
        }
        return file;
    }
}
