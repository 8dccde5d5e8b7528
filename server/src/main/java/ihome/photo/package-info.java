/**
 * Pictures that users upload: checked by content, decoded under limits, turned upright, stripped of everything but
 * pixels, and kept as JPEG files of a few widths under random names. The uploaded bytes themselves are never served.
 *
 * <p>What a picture costs is known from its structure before a pixel is decoded ({@link ihome.photo.DecodingCost}); what no
 * structure tells is ended while it is decoded ({@link ihome.photo.DecodingGuard}). An account has one picture decoded at a
 * time, large ones have one place of their own ({@link ihome.photo.DecodingPlaces}), and an account's processor time has a
 * limit.
 *
 * <p>Processor time and peak of the whole process's memory, with a heap of 256 MB, on files of {@code LargePicturesTest} and
 * photo-like ones of the same sizes, one processor shared with others: a progressive JPEG of 45 megapixels 3.5 s, 371 MB
 * (135 MB of it coefficients); with chroma halved in one direction 3.6 s, 413 MB (180 MB); CMYK of 16 megapixels in
 * progressive coding 3.2 s, 418 MB (128 MB); a baseline JPEG of 45 megapixels 0.6 s; a lossy WebP of 25 megapixels 2.2 s,
 * 316 MB; a lossless one 1.0 s; a GIF of 49 megapixels 0.8 s. A progressive JPEG of 45 megapixels without halved chroma is
 * refused: its coefficients are 270 MB.
 */
@NullMarked
package ihome.photo;

import org.jspecify.annotations.NullMarked;
