/**
 * The API document and the page that shows it. Everything comes from the class path, is found by an allow-list, and
 * needs nothing from another host.
 */
@NullMarked
package ihome.apidocs;

import org.jspecify.annotations.NullMarked;
