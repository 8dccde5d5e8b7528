/** What an account's owner may ask of his own data: a copy of all of it, and its erasure. */
@NullMarked
package ihome.privacy;

import org.jspecify.annotations.NullMarked;
