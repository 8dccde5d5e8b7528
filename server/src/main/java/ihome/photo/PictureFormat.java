package ihome.photo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** The formats that are read, known by their first bytes and by nothing else. */
enum PictureFormat {
    JPEG,
    PNG,
    GIF,
    WEBP;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Major brands of ISO base media files that hold still pictures (ISO/IEC 23008-12 and AVIF). */
    private static final Set<String> HEIC_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    static PictureFormat of(byte[] file) throws NotAPicture {
        if (file.length == 0) {
            throw new NotAPicture(NotAPicture.Reason.EMPTY);
        }
        if (file.length >= 3 && file[0] == (byte) 0xff && file[1] == (byte) 0xd8 && file[2] == (byte) 0xff) {
            return JPEG;
        }
        if (file.length >= 8 && Arrays.equals(file, 0, 8, PNG_SIGNATURE, 0, 8)) {
            return PNG;
        }
        String start = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return GIF;
        }
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return WEBP;
        }
        if (start.length() == 12 && start.startsWith("ftyp", 4) && HEIC_BRANDS.contains(start.substring(8))) {
            throw new NotAPicture(NotAPicture.Reason.HEIC);
        }
        throw new NotAPicture(NotAPicture.Reason.UNKNOWN_FORMAT);
    }
}
