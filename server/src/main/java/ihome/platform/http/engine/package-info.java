/**
 * The HTTP engine on Netty: connections, protocols, time limits, drain. What a connection holds is bounded before it is
 * held. Everything here runs on event loops and does not block, but for what says so.
 */
@NullMarked
package ihome.platform.http.engine;

import org.jspecify.annotations.NullMarked;
