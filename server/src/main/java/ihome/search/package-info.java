/** Which houses are free: by area, dates and sort, with an exact total. */
@NullMarked
package ihome.search;

import org.jspecify.annotations.NullMarked;
