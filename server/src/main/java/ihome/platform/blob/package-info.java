/**
 * Files under keys: bytes that were acknowledged stay, under a key that no input can turn into another place. Every
 * store passes the same contract test.
 */
@NullMarked
package ihome.platform.blob;

import org.jspecify.annotations.NullMarked;
