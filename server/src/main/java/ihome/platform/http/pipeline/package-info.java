/**
 * The way of a request, in the order in which it goes: {@code ErrorMapper}, {@code ResponseCacheStage}, {@code BodyStage},
 * {@code AdmissionStage}, {@code SessionStage}, {@code RouteStage}. The engine asks {@code ResponseCacheStage} for a cached
 * response before it hands a request over; as a stage it caches what comes back. Knows neither connections nor protocols.
 */
@NullMarked
package ihome.platform.http.pipeline;

import org.jspecify.annotations.NullMarked;
