package ihome.photo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Picture files made for tests, some of them as no program would write them. */
final class TestPictures {
    private static final AtomicLong ACCOUNTS = new AtomicLong();
    static final String GPS_TEXT = "GPS-39.9042N-116.4074E";

    private TestPictures() {}

    /** Processes it as the upload of an account of its own, whose time nobody counts. */
    static ProcessedPicture process(PictureProcessor processor, byte[] upload, PictureKind kind) throws NotAPicture {
        return processor.process(upload, kind, ACCOUNTS.incrementAndGet(), _ -> {});
    }

    /** Red, green, blue and yellow quarters: upper left, upper right, lower left, lower right. */
    static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        List<Color> colours = List.of(Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
        for (int i = 0; i < 4; i++) {
            pen.setColor(colours.get(i));
            pen.fillRect(i % 2 * (width / 2), i / 2 * (height / 2), width - width / 2, height - height / 2);
        }
        pen.dispose();
        return image;
    }

    static BufferedImage solid(int width, int height, int type, Color colour) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return image;
    }

    static byte[] file(RenderedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam form = writer.getDefaultWriteParam();
            form.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), form);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    static byte[] animatedGif(List<BufferedImage> frames) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (BufferedImage frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** The JPEG with a segment of its own right after its start. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + content.length);
        file.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker);
        file.putShort((short) (content.length + 2)).put(content);
        return file.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** EXIF with an orientation and, as cameras do, a position. */
    static byte[] exif(int orientation, ByteOrder order) {
        byte[] tiff = tiff(orientation, order);
        return ByteBuffer.allocate(6 + tiff.length)
                .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                .put(tiff)
                .array();
    }

    static byte[] tiff(int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(100).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.ISO_8859_1));
        tiff.putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        // Orientation, a SHORT; and the GPS directory's offset, a LONG.
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
        tiff.putInt(0);
        tiff.putShort((short) 1);
        tiff.putShort((short) 0x1b)
                .putShort((short) 7)
                .putInt(GPS_TEXT.length())
                .putInt(60);
        tiff.putInt(0).position(60);
        return tiff.put(GPS_TEXT.getBytes(StandardCharsets.ISO_8859_1)).array();
    }

    /** A PNG that claims a size and holds a few bytes. */
    static byte[] pngClaiming(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[1000]);
        deflater.finish();
        byte[] data = new byte[100];
        int length = deflater.deflate(data);
        deflater.end();
        ByteBuffer file = ByteBuffer.allocate(200);
        file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.put(chunk("IHDR", header));
        file.put(chunk("IDAT", java.util.Arrays.copyOf(data, length)));
        file.put(chunk("IEND", new byte[0]));
        return java.util.Arrays.copyOf(file.array(), file.position());
    }

    static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] data = new byte[content.length + 100];
        int length = deflater.deflate(data);
        deflater.end();
        return java.util.Arrays.copyOf(data, length);
    }

    static byte[] chunk(String type, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) sum.getValue()).array();
    }

    /**
     * A JPEG of scans of one component each, which break off after 2 KB.
     *
     * @param coding the frame's marker
     */
    static byte[] jpegOfScans(int width, int height, int coding, int components, int scans) {
        return jpegOfScans(width, height, coding, 0x11, components, scans, true);
    }

    /** A grey area as a JPEG of three components, the chroma in less samples, with a scan for each component in turn. */
    static byte[] wholeJpegOfScans(int width, int height, int coding, int sampling, int scans) {
        return jpegOfScans(width, height, coding, sampling, 3, scans, false);
    }

    /** Each scan holds zeros: codes of one bit for "no difference" and "no coefficients" of a block. */
    private static byte[] jpegOfScans(
            int width, int height, int coding, int sampling, int components, int scans, boolean brokenOff) {
        boolean progressive = coding == 0xc2;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(200);
        header.putShort((short) 0xffd8);
        header.putShort((short) 0xffdb).putShort((short) 67).put((byte) 0);
        for (int i = 0; i < 64; i++) {
            header.put((byte) 1);
        }
        header.put((byte) 0xff).put((byte) coding).putShort((short) (8 + 3 * components));
        header.put((byte) 8).putShort((short) height).putShort((short) width).put((byte) components);
        for (int i = 0; i < components; i++) {
            header.put((byte) (i + 1)).put((byte) (i == 0 ? sampling : 0x11)).put((byte) 0);
        }
        for (int table : new int[] {0x00, 0x10}) {
            header.putShort((short) 0xffc4).putShort((short) 20).put((byte) table);
            header.put((byte) 1).put(new byte[15]).put((byte) 0);
        }
        file.write(header.array(), 0, header.position());
        for (int i = 0; i < scans; i++) {
            int component = i % components;
            file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, (byte) (component + 1), 0});
            file.writeBytes(new byte[] {0, (byte) (progressive ? 0 : 63), 0});
            int across = component == 0 ? 1 : sampling >> 4;
            int down = component == 0 ? 1 : sampling & 15;
            int blocks = Math.ceilDiv(Math.ceilDiv(width, across), 8) * Math.ceilDiv(Math.ceilDiv(height, down), 8);
            file.writeBytes(new byte[brokenOff ? 2_300 : blocks * (progressive ? 1 : 2) / 8 + 1]);
        }
        file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return file.toByteArray();
    }

    /** A lossless WebP picture whose entropy image (RFC 9649, 3.7.2.2) names the last of 65,536 groups of codes. */
    static byte[] webpChunkOfManyCodes() {
        BitWriter bits = new BitWriter();
        bits.write(0x2f, 8);
        bits.write(3, 14);
        bits.write(3, 14);
        bits.write(0, 1 + 3); // no alpha, version 0
        bits.write(0, 1 + 1); // no transform, no colour cache
        bits.write(1, 1); // meta codes,
        bits.write(0, 3); // for blocks of 4 x 4 pixels: there is one
        bits.write(0, 1); // no colour cache in the entropy image
        for (int sample : new int[] {255, 255, 0, 0}) { // green and red are the number of the group
            bits.write(0b101, 3);
            bits.write(sample, 8);
        }
        bits.write(0b0001, 4);
        for (int group = 0; group < 65_536; group++) {
            for (int code = 0; code < 5; code++) {
                bits.write(0, 1); // a normal code,
                bits.write(1, 4); // with the lengths of five code lengths: of 17, 18, 0, 1, 2
                bits.write(0b000_001_001_000_000, 15);
                bits.write(1, 1); // at most so many symbols:
                bits.write(0, 3); // in two bits,
                bits.write(0, 2); // two
                bits.write(0b11, 2); // both of them have length 1
            }
        }
        bits.write(0, 32);
        return riffChunk("VP8L", bits.toByteArray());
    }

    /** The bits of a lossless WebP picture (RFC 9649, 3) of one opaque colour: no pixel takes any bit. */
    static byte[] losslessWebpChunk(int width, int height, Color colour) {
        BitWriter bits = new BitWriter();
        bits.write(0x2f, 8);
        bits.write(width - 1, 14);
        bits.write(height - 1, 14);
        bits.write(0, 1 + 3); // no alpha, version 0
        bits.write(0, 3); // no transform, no colour cache, no meta codes
        for (int sample : new int[] {colour.getGreen(), colour.getRed(), colour.getBlue(), 255}) {
            bits.write(0b101, 3); // a simple code of one symbol in 8 bits
            bits.write(sample, 8);
        }
        bits.write(0b0001, 4); // distances: a simple code of the symbol 0
        bits.write(0, 32);
        return riffChunk("VP8L", bits.toByteArray());
    }

    static byte[] webp(byte[]... chunks) {
        int length = 4;
        for (byte[] chunk : chunks) {
            length += chunk.length;
        }
        ByteBuffer file = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(length);
        file.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] chunk : chunks) {
            file.put(chunk);
        }
        return file.array();
    }

    static byte[] riffChunk(String type, byte[] content) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + content.length + (content.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(content.length);
        return chunk.put(content).array();
    }

    static BufferedImage read(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bits from the lowest of each byte on. */
    private static final class BitWriter {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int current;
        private int used;

        void write(int value, int count) {
            for (int i = 0; i < count; i++) {
                current |= ((value >>> i) & 1) << used;
                used++;
                if (used == 8) {
                    bytes.write(current);
                    current = 0;
                    used = 0;
                }
            }
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
