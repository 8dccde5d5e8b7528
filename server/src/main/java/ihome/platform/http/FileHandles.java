package ihome.platform.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many file handles the operating system lets this process have. */
public final class FileHandles {
    /** For what is opened after the start and is no client's connection: files being sent or received, the database's log, DNS. */
    private static final int SPARE = 64;

    private FileHandles() {}

    /** The limit; {@link Long#MAX_VALUE} where the system has none that can be asked for. */
    public static long limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** How many this process has open. */
    public static long open() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /**
     * How many connections of clients fit.
     *
     * @param limit of handles
     * @param open at the end of the start
     * @param others that will be opened besides, such as the database pool's
     * @return at least 1
     */
    public static int connections(int wanted, long limit, long open, int others) {
        // An upload or a picture that is being sent takes a second handle, for one connection in eight at most.
        long room = (limit - open - others - SPARE) * 8 / 9;
        return Math.clamp(room, 1, wanted);
    }
}
