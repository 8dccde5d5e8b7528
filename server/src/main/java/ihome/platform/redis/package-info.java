/**
 * The connection to Redis (6.2 or newer, or Valkey): single, Sentinel or Cluster. Every command ends within bounds, fails
 * at once while Redis is known to be away, and works again by itself when it is back.
 */
@NullMarked
package ihome.platform.redis;

import org.jspecify.annotations.NullMarked;
