/**
 * The PostgreSQL that the program brings along: unpacked, initialised, started and watched under the data
 * folder, so that {@code ./ihome run} needs no database of one's own.
 *
 * <p>Promises: one instance a data folder; loopback only, with a generated password; fully durable; back on the
 * same port by itself when it is killed; and nothing here ever deletes, overwrites or re-initialises a folder
 * that holds data: what cannot be served is refused with a sentence that says what to do.
 */
@NullMarked
package ihome.platform.db.embedded;

import org.jspecify.annotations.NullMarked;
