/**
 * The way of a request, in the order in which it goes: {@code ResponseCacheStage}, {@code ErrorMapper}, {@code BodyStage},
 * {@code AdmissionStage}, {@code SessionStage}, {@code RouteStage}. Knows neither connections nor protocols.
 */
@NullMarked
package ihome.platform.http.pipeline;

import org.jspecify.annotations.NullMarked;
