/**
 * The search in memory: every house's taken nights as bitmaps, in every order and by area, beside its rendered card.
 * {@link ihome.search.index.SearchIndex} is the door; outside nobody knows how it finds what it finds.
 */
@NullMarked
package ihome.search.index;

import org.jspecify.annotations.NullMarked;
