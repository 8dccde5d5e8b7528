/** Typed options from the command line, the environment and files of secrets; reading one declares and documents it, and every mistake is named at once. */
@NullMarked
package ihome.platform.config;

import org.jspecify.annotations.NullMarked;
