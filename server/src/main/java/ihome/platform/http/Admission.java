package ihome.platform.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bound on requests at work, with a short queue; who does not get in by then is told to come back (503). */
final class Admission {
    private final Semaphore permits;
    private final int queue;
    private final Duration wait;

    Admission(int permits, int queue, Duration wait) {
        this.permits = new Semaphore(permits, true);
        this.queue = queue;
        this.wait = wait;
    }

    /** Enters, or fails with 503. The caller leaves with {@link #leave()}. */
    void enter() {
        if (permits.tryAcquire()) {
            return;
        }
        if (permits.getQueueLength() >= queue) {
            throw ExchangeFailure.overloaded();
        }
        try {
            if (!permits.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ExchangeFailure.overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ExchangeFailure.overloaded();
        }
    }

    void leave() {
        permits.release();
    }
}
