/**
 * The command line: one class a command, on picocli. Their options and parameters, help and completion are declared here; the
 * options of the configuration are declared where they are read, see {@link ihome.AppConfig}.
 */
@NullMarked
package ihome.cli;

import org.jspecify.annotations.NullMarked;
