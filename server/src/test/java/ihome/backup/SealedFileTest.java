package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sealed file is read as it was written, or not at all. */
@Tag("slow")
final class SealedFileTest {
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");
    private static final int SEALED_CHUNK = SealedHeader.CHUNK + SealedHeader.TAG;

    @TempDir
    private Path folder;

    /** One header for all: to derive a key takes a tenth of a second. */
    private final SealedHeader header = SealedHeader.random(KEY);

    private byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SealedOutput out = new SealedOutput(file, header)) {
            int middle = content.length / 3;
            out.write(content, 0, middle);
            out.write(content, middle, content.length - middle);
        }
        return file.toByteArray();
    }

    private byte[] opened(byte[] file, SealedHeader with) throws IOException {
        Path path = Files.write(folder.resolve("sealed"), file);
        try (FileChannel bytes = FileChannel.open(path);
                SealedChannel channel = new SealedChannel(bytes, with);
                InputStream in = Channels.newInputStream(channel)) {
            byte[] content = in.readAllBytes();
            assertThat((long) content.length).isEqualTo(channel.size());
            return content;
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void comesBackAsItWas(int length) throws IOException {
        byte[] content = content(length);
        byte[] file = sealed(content);
        assertThat(SealedHeader.isSealed(file)).isTrue();
        assertThat(opened(file, SealedHeader.of(file, KEY))).isEqualTo(content);
    }

    @Test
    void isReadFromAnyPlace() throws IOException {
        byte[] content = content(200_000);
        Path path = Files.write(folder.resolve("sealed"), sealed(content));
        try (FileChannel bytes = FileChannel.open(path);
                SealedChannel channel = new SealedChannel(bytes, header)) {
            for (int at : new int[] {199_999, 0, 65_530, 131_072, 70_000}) {
                byte[] seen = Channels.newInputStream(channel.position(at)).readNBytes(100);
                assertThat(seen).isEqualTo(Arrays.copyOfRange(content, at, Math.min(content.length, at + 100)));
            }
        }
    }

    /** Protection: the last chunk's nonce; without it a file cut at the end of a chunk is a shorter one. */
    @Test
    void whatIsCutOffIsRefused() throws IOException {
        byte[] file = sealed(content(200_000));
        for (int chunks = 0; chunks < 4; chunks++) {
            for (int more : new int[] {0, 1, SealedHeader.TAG, 1_000}) {
                byte[] cut = Arrays.copyOf(file, SealedHeader.LENGTH + chunks * SEALED_CHUNK + more);
                if (cut.length < file.length) {
                    assertThatExceptionOfType(IOException.class)
                            .as("%d bytes", cut.length)
                            .isThrownBy(() -> opened(cut, header));
                }
            }
        }
    }

    /** Protection: the header and the chunk's number are authenticated with each chunk. */
    @Test
    void whatIsAlteredOrMovedIsRefused() throws IOException {
        byte[] file = sealed(content(200_000));
        for (int at = SealedHeader.LENGTH; at < file.length; at += 9_973) {
            byte[] altered = file.clone();
            altered[at] ^= 1;
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> opened(altered, header));
        }
        byte[] swapped = file.clone();
        int first = SealedHeader.LENGTH;
        int second = first + SEALED_CHUNK;
        System.arraycopy(file, first, swapped, second, SEALED_CHUNK);
        System.arraycopy(file, second, swapped, first, SEALED_CHUNK);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> opened(swapped, header));

        byte[] otherSalt = file.clone();
        otherSalt[10] ^= 1;
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> opened(otherSalt, SealedHeader.of(otherSalt, KEY)));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> opened(file, SealedHeader.of(file, new Secret("another key of thirty-two letters"))));
    }

    @Test
    void aFileThatAsksForTooMuchIsRefusedBeforeAnyWork() throws IOException {
        byte[] file = sealed(content(10));
        file[24] = 0x7f;
        assertThatThrownBy(() -> SealedHeader.of(file, KEY)).isInstanceOf(BackupUnusable.class);
    }

    @Test
    void theSameContentIsSealedDifferentlyEachTime() throws IOException {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        try (SealedOutput out = new SealedOutput(other, SealedHeader.random(KEY))) {
            out.write(content(100));
        }
        assertThat(other.toByteArray()).isNotEqualTo(sealed(content(100)));
    }
}
