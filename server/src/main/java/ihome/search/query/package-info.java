/** What a search asks for, in the one form that HTTP, SQL, the index and the caches share. */
@NullMarked
package ihome.search.query;

import org.jspecify.annotations.NullMarked;
