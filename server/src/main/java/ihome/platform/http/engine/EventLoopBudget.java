package ihome.platform.http.engine;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.TimeUnit;

/**
 * The time that handlers may take on an event loop in each of its rounds. It bounds how long the loop's other connections
 * wait for them; what exceeds it runs on virtual threads. The last handler that begins may exceed it.
 */
final class EventLoopBudget {
    private static final long EACH_ROUND = TimeUnit.MICROSECONDS.toNanos(500);

    private final FastThreadLocal<Round> rounds = new FastThreadLocal<>() {
        @Override
        protected Round initialValue() {
            return new Round();
        }
    };

    private static final class Round implements Runnable {
        private long spent;
        private boolean ending;

        /** Run by the loop when it has looked at all its connections. */
        @Override
        public void run() {
            spent = 0;
            ending = false;
        }
    }

    /** Whether there is time left in this round. To be called on an event loop. */
    boolean hasTime() {
        return rounds.get().spent < EACH_ROUND;
    }

    void spend(EventExecutor loop, long nanos) {
        Round round = rounds.get();
        round.spent += nanos;
        if (!round.ending) {
            round.ending = true;
            loop.execute(round);
        }
    }
}
