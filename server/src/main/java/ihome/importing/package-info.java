/**
 * Fills the site from a listings file in the column layout of Inside Airbnb. Promises that importing the same file
 * again changes nothing, also when two imports run at once or a server is running; that a batch of rows is stored
 * whole or not at all; and that every row that is not stored is named by its line.
 */
@NullMarked
package ihome.importing;

import org.jspecify.annotations.NullMarked;
