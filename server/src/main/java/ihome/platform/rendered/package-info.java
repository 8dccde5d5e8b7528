/**
 * Answers that are kept on the heap as the bytes that go over the wire: under the request target that asks for them, in
 * plain, gzip and brotli, and only while nothing that they show has changed. And the loop that sends them, in front of the
 * web server.
 */
@NullMarked
package ihome.platform.rendered;

import org.jspecify.annotations.NullMarked;
