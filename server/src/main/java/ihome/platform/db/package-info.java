/** PostgreSQL: one transaction runner, one pool, migrations. */
@NullMarked
package ihome.platform.db;

import org.jspecify.annotations.NullMarked;
