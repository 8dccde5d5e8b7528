package ihome.verification;

/**
 * A captcha: what the picture says, and the picture.
 *
 * @param text upper-case letters and digits of {@link GlyphOutlines#ALPHABET}; compare without regard to case
 * @param jpeg a grey JPEG file; the record owns the array, nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and handed to the socket as it is
record Captcha(String text, byte[] jpeg) {}
