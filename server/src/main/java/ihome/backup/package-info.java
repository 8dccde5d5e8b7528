/**
 * A whole site in one file, and back: every table as one snapshot shows it, the pictures kept on this machine, and,
 * where the file is encrypted, the keys of the data folder. Made beside a running server; what it wrote it reads again
 * before it says that it is done. What is only of the moment (sessions, codes, counts, messages under way) is left out.
 */
@NullMarked
package ihome.backup;

import org.jspecify.annotations.NullMarked;
