/**
 * Answers kept in Redis that never outlive what they were read from: a change makes them void before it is acknowledged,
 * and a reader that began before a change cannot put its old answer in force again.
 */
@NullMarked
package ihome.platform.cache;

import org.jspecify.annotations.NullMarked;
