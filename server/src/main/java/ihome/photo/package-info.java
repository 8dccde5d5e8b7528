/**
 * Pictures that users upload: checked by content, decoded under limits, turned upright, stripped of everything but
 * pixels, and kept as JPEG files of a few widths under random names. The uploaded bytes themselves are never served.
 */
@NullMarked
package ihome.photo;

import org.jspecify.annotations.NullMarked;
