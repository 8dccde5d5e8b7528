/** The HTTP side that knows no feature: routes, envelope, bounds, errors. One place turns every failure into an answer. */
@NullMarked
package ihome.platform.http;

import org.jspecify.annotations.NullMarked;
