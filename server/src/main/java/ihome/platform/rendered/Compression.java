package ihome.platform.rendered;

import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compresses answers that are asked for again, one after the other beside the requests. */
final class Compression {
    private static final Logger log = LoggerFactory.getLogger(Compression.class);
    private static final int WAITING = 1_024;
    /** Brotli's levels go to 11; at 5 five kilobytes take a fifth of a millisecond and are smaller than gzip's best. */
    private static final int BROTLI_LEVEL = 5;

    private static final ThreadPoolExecutor BACKGROUND = new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("compression").factory());

    static {
        BACKGROUND.allowCoreThreadTimeOut(true);
    }

    /** Whether the library's native part fits this machine; found out when it is first needed. */
    private static final class Brotli {
        static final boolean THERE = load();

        private static boolean load() {
            boolean there = NativeBrotli.load();
            if (!there) {
                log.info("no brotli on this system, answers are compressed with gzip only");
            }
            return there;
        }
    }

    private Compression() {}

    /** Runs the work some time later; false when so much waits already that it will not be done. */
    static boolean later(Runnable work) {
        try {
            BACKGROUND.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    static byte[] gzip(byte[] plain, int from, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 3 + 64);
        try (GZIPOutputStream zip = new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            zip.write(plain, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Null where there is no brotli. */
    static byte @Nullable [] brotli(byte[] plain) {
        if (!Brotli.THERE) {
            return null;
        }
        try {
            return Encoder.compress(plain, Encoder.Parameters.create(BROTLI_LEVEL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
