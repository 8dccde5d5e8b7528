package ihome.photo;

import ihome.photo.NotAPicture.Reason;
import ihome.platform.problem.Overloaded;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Turns an upload that nobody trusts into small JPEG files that anybody may be shown.
 *
 * <p>JPEG, PNG, GIF (first frame) and WebP are told by their content; name and media type of the upload do not count.
 * Size and structure are checked before a pixel is decoded. The result is upright, in sRGB, on white where the upload
 * was transparent, and holds no metadata: neither position nor camera nor colour profile.
 */
public final class PictureProcessor {
    public static final int MAX_UPLOAD_BYTES = 10 << 20;
    /** Pixels along the longer side; panoramas of phones have 16,382. */
    public static final int MAX_SIDE = 16_384;
    /** 64 megapixels: the largest panorama of phones, and the largest picture that they write without being asked to. */
    public static final long MAX_PIXELS = 64_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Of the decoded picture, and of the copy of the file that is decoded. */
    private static final long RESULT_BYTES = 40_000_000;

    private final DecodingPlaces decoding;

    /** Half of the cores at once, so that the rest of the site goes on: decoding does nothing but compute. */
    public PictureProcessor() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), PATIENCE);
    }

    /**
     * @param atOnce pictures processed at once, beside one large one; each takes the memory that the package's description
     *     states
     * @param patience how long an upload waits for its turn
     */
    public PictureProcessor(int atOnce, Duration patience) {
        // Process-wide: with the cache, every picture would go through a temporary file.
        ImageIO.setUseCache(false);
        this.decoding = new DecodingPlaces(atOnce, patience);
    }

    /**
     * Every size of the kind.
     *
     * @param account who uploads; has one picture decoded at a time
     * @param spent is told of the processor time that decoding took, also when the picture is refused in the end
     * @throws NotAPicture the upload is refused for what it is
     * @throws Overloaded no place became free in time
     */
    public ProcessedPicture process(byte[] upload, PictureKind kind, long account, Consumer<Duration> spent)
            throws NotAPicture {
        if (upload.length > MAX_UPLOAD_BYTES) {
            throw new NotAPicture(Reason.TOO_MANY_BYTES);
        }
        PictureHeader header = PictureHeader.of(upload);
        requireModestSize(header);
        AtomicReference<Duration> time = new AtomicReference<>(Duration.ZERO);
        try {
            return decoding.run(account, header.cost(), RESULT_BYTES, () -> {
                DecodingGuard guard = new DecodingGuard();
                try {
                    return render(header, kind, guard);
                } finally {
                    time.set(guard.spent());
                }
            });
        } finally {
            spent.accept(time.get());
        }
    }

    private static void requireModestSize(PictureHeader header) throws NotAPicture {
        long pixels = header.width() * (long) header.height();
        if (header.width() > MAX_SIDE || header.height() > MAX_SIDE || pixels > MAX_PIXELS) {
            throw new NotAPicture(Reason.TOO_MANY_PIXELS);
        }
        if (!header.cost().isModestInMemory()) {
            throw new NotAPicture(Reason.TOO_MANY_PIXELS);
        }
        if (!header.cost().isModestInTime()) {
            throw new NotAPicture(Reason.UNSUPPORTED_CODING);
        }
    }

    private static ProcessedPicture render(PictureHeader header, PictureKind kind, DecodingGuard guard)
            throws NotAPicture {
        boolean onItsSide = header.orientation() >= 5;
        Rendition widest = kind.renditions().getFirst();
        int uprightWidth = onItsSide ? header.height() : header.width();
        int side = widest.square() ? Math.min(header.width(), header.height()) : uprightWidth;
        // Twice the pixels in each direction leave the mean of four for each pixel of the result.
        BufferedImage decoded = new PictureDecoder(header.decodable(), header, guard).decode(side, 2 * widest.width());

        Map<Rendition, byte[]> files = new EnumMap<>(Rendition.class);
        Optional<ColourProfile> profile = ColourProfile.of(header.profile(), header.grey() ? 1 : 3);
        PixelSource source = new DecodedPixels(decoded);
        for (Rendition rendition : kind.renditions()) {
            RgbPicture scaled = scale(source, rendition, onItsSide);
            if (source instanceof DecodedPixels && profile.isPresent()) {
                // After scaling, where the fewest pixels are left to convert. The next sizes are made of this one.
                scaled = profile.get().toSrgb(scaled);
            }
            files.put(rendition, JpegEncoder.encode(scaled.upright(header.orientation())));
            source = scaled;
        }
        return new ProcessedPicture(uprightWidth, onItsSide ? header.width() : header.height(), files);
    }

    /** Scales the picture as it is stored: turning is cheaper afterwards. */
    private static RgbPicture scale(PixelSource source, Rendition rendition, boolean onItsSide) {
        Rectangle region = new Rectangle(source.width(), source.height());
        if (rendition.square()) {
            int side = Math.min(region.width, region.height);
            region = new Rectangle((region.width - side) / 2, (region.height - side) / 2, side, side);
        }
        int uprightWidth = onItsSide ? region.height : region.width;
        double factor = Math.min(1, (double) rendition.width() / uprightWidth);
        int width = Math.max(1, (int) Math.round(region.width * factor));
        int height = Math.max(1, (int) Math.round(region.height * factor));
        return AreaScaler.scale(source, region, width, height);
    }
}
