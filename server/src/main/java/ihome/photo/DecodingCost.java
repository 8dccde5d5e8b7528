package ihome.photo;

/**
 * What decoding a picture takes at most, known from its structure before a pixel is decoded.
 *
 * @param heapBytes that the decoder holds on the heap beside its result
 * @param nativeBytes that the decoder holds outside of the heap: libjpeg keeps every coefficient, two bytes each, of a
 *     JPEG in several scans, whether its coding is called progressive or baseline
 * @param samples that are visited: each scan of a JPEG visits every sample of its components
 * @param garbage where in the decodable file what the decoder allocates is garbage soon: the coefficients of lossy WebP,
 *     whose decoder makes 100 bytes of it for each pixel
 */
record DecodingCost(long heapBytes, long nativeBytes, long samples, Range garbage) {
    /** Positions from one to before the other. */
    record Range(long from, long to) {
        static final Range NONE = new Range(0, 0);

        boolean holds(long position) {
            return position >= from && position < to;
        }
    }

    DecodingCost(long heapBytes, long nativeBytes, long samples) {
        this(heapBytes, nativeBytes, samples, Range.NONE);
    }

    /** 45 megapixels with chroma halved in one direction are 180 MB; 25 in CMYK are 200 MB. */
    static final long MAX_NATIVE_BYTES = 200_000_000;
    /** About 3 s of one processor: 25 megapixels in CMYK, or 45 with halved chroma, in the scans that encoders write. */
    static final long MAX_SAMPLES = 640_000_000;
    /** WebP's decoder holds the whole picture, 4 bytes a pixel: 25 megapixels. */
    static final long MAX_HEAP_BYTES = 100_000_000;

    private static final long SMALL_BYTES = 40_000_000;
    private static final long SMALL_SAMPLES = 200_000_000;

    boolean isModestInMemory() {
        return nativeBytes <= MAX_NATIVE_BYTES && heapBytes <= MAX_HEAP_BYTES;
    }

    boolean isModestInTime() {
        return samples <= MAX_SAMPLES;
    }

    /** Whether only one such picture is decoded at a time, in a place of its own. */
    boolean isLarge() {
        return nativeBytes > SMALL_BYTES || heapBytes > SMALL_BYTES || samples > SMALL_SAMPLES;
    }
}
