/**
 * {@code site.yaml}: what an operator says of a site — its cities with their areas, and facilities beyond the usual ones —
 * read, checked, applied and written. Promises that a file with a mistake changes nothing, that all mistakes are named at
 * once, that no area or facility with houses is removed, and that applying what was exported changes nothing.
 */
@NullMarked
package ihome.siteconfig;

import org.jspecify.annotations.NullMarked;
