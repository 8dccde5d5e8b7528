package ihome.demo;

import ihome.pricing.Guests;
import ihome.stay.Stay;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay as it was, or will be.
 *
 * @param house id
 * @param host account
 * @param guest account
 * @param placed when it was booked
 * @param accepted when the host accepted; null: it needs no answer
 * @param ended when the host said that the guests had left; null: it is still to come
 * @param comment what the guest says then; null: nothing
 */
record DemoStay(
        long house,
        long host,
        long guest,
        Stay stay,
        Guests guests,
        Instant placed,
        @Nullable Instant accepted,
        @Nullable Instant ended,
        Sample.@Nullable Comment comment) {}
