/**
 * Pictures that users upload: checked by content, decoded under limits, turned upright, stripped of everything but
 * pixels, and kept as JPEG files of a few widths under random names. The uploaded bytes themselves are never served.
 *
 * <p>Cost of one picture at a time, measured by {@code PictureCost} on two busy cores with the serial collector
 * (time: median; heap: smallest {@code -Xmx} of those tried in steps of 16 MB, the idle program included). A photo of
 * 12 megapixels: 0.6 s, 80 MB. The JPEG of 22 megapixels that is just not thinned out, the worst for the heap: 0.6 s,
 * 112 MB. The largest JPEG taken, 50 megapixels: 0.6 s. A progressive JPEG of 25 megapixels: 1.8 s, and by its
 * format up to 6 bytes a pixel, 150 MB, outside of the heap. A lossless WebP of 25 megapixels: 3 s.
 */
@NullMarked
package ihome.photo;

import org.jspecify.annotations.NullMarked;
