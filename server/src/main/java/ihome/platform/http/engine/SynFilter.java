package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter of packets on a listening socket (Linux, socket(7), {@code SO_ATTACH_FILTER}): it drops those that begin a
 * connection, and no others. To the client that looks as if they were lost.
 */
final class SynFilter {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    /** {@code struct sock_fprog}: how many instructions, and where they are. */
    private static final int SOCK_FPROG = 16;

    private static final int ADDRESS_AT = 8;
    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, SOCK_FPROG);

    /** {@code struct sock_filter}s: operation, jump if true, jump if false, operand. */
    private static final int[][] PROGRAM = {
        {0x30, 0, 0, 13}, // load the byte with TCP's flags (RFC 9293, 3.1)
        {0x45, 0, 1, 0x02}, // unless SYN is set, skip one
        {0x06, 0, 0, 0}, // drop
        {0x06, 0, 0, -1} // accept whole
    };

    private SynFilter() {}

    /** False: the system has no such filters, and connections go on beginning. */
    static boolean attach(Channel listening) {
        ByteBuf program = listening.alloc().directBuffer();
        try {
            for (int[] step : PROGRAM) {
                ByteBuffer instruction = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
                instruction
                        .putShort((short) step[0])
                        .put((byte) step[1])
                        .put((byte) step[2])
                        .putInt(step[3]);
                program.writeBytes(instruction.flip());
            }
            ByteBuffer value = ByteBuffer.allocate(SOCK_FPROG).order(ByteOrder.nativeOrder());
            value.putShort((short) PROGRAM.length).putLong(ADDRESS_AT, program.memoryAddress());
            return listening.config().setOption(OPTION, value.clear());
        } catch (RuntimeException e) {
            log.debug("no packet filter", e);
            return false;
        } finally {
            program.release();
        }
    }
}
