/** Houses: publishing, photos, detail, slides, areas and facilities. */
@NullMarked
package ihome.listing;

import org.jspecify.annotations.NullMarked;
