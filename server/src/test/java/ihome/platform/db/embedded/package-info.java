/** Tests of the embedded PostgreSQL on real data folders, and the database that all other tests run on. */
@NullMarked
package ihome.platform.db.embedded;

import org.jspecify.annotations.NullMarked;
