package ihome.photo;

/** A picture that gives its pixels row by row, opaque and in sRGB. */
interface PixelSource {
    int width();

    int height();

    /** Writes row {@code y} as {@code 0xRRGGBB} from index 0 on. */
    void row(int y, int[] rgb);
}
