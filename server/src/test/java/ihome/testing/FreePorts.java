package ihome.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback for what is told its port and started later, or started again on the same one. They lie below those
 * that systems give to outgoing connections (32,768 and more on Linux): one of these could take a port between its choice
 * and its use.
 */
public final class FreePorts {
    private static final int LEAST = 12_000;

    private static final int OF_A_PROCESS = 2_500;

    /** Processes that run tests at the same time have ports of their own, as long as there are no more of them. */
    private static final int PROCESSES = 4;

    /**
     * The last of all is 22,000. With 10,000 more, where a node of a Redis Cluster has its second port, it is below those of
     * outgoing connections too.
     */
    private static final int FIRST =
            LEAST + (Integer.getInteger("surefire.forkNumber", 1) - 1) % PROCESSES * OF_A_PROCESS;

    private static final int END = FIRST + OF_A_PROCESS;

    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that nobody listens on, and that nobody in this process has been given. */
    public static int next() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + END);
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody accepts connections there. */
    static boolean answers(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
