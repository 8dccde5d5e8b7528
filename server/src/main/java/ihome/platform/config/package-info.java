/** Typed options from the command line and the environment; every mistake is named at once. */
@NullMarked
package ihome.platform.config;

import org.jspecify.annotations.NullMarked;
