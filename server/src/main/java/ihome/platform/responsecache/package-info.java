/**
 * Responses that are kept on the heap, ready to be sent: by request target, as identity, gzip and brotli, and only while
 * nothing that they show has changed. Knows no HTTP library and no feature.
 */
@NullMarked
package ihome.platform.responsecache;

import org.jspecify.annotations.NullMarked;
