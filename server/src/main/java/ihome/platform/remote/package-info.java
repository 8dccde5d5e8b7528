/**
 * Requests to other people's services, each with a limit for the whole of it, and failures that say whether the
 * service may have seen the request.
 */
@NullMarked
package ihome.platform.remote;

import org.jspecify.annotations.NullMarked;
