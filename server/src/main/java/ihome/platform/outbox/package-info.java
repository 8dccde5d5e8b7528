/** What has to leave the process: committed with the change that asks for it, delivered after. */
@NullMarked
package ihome.platform.outbox;

import org.jspecify.annotations.NullMarked;
