/** Where the money of every order is: postings that sum to zero, never changed once written, and their check. */
@NullMarked
package ihome.ledger;

import org.jspecify.annotations.NullMarked;
