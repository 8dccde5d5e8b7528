package ihome.verification;

/** The code of each value of a Huffman table, made as T.81 annex C says: consecutive codes, doubled at each length. */
final class HuffmanCodes {
    private final short[] codes = new short[256];
    private final byte[] lengths = new byte[256];

    /**
     * @param table as a JPEG file has it: how many codes of each length from 1 to 16, then the values
     */
    HuffmanCodes(byte[] table) {
        int code = 0;
        int at = 16;
        for (int length = 1; length <= 16; length++, code <<= 1) {
            for (int i = 0; i < table[length - 1]; i++, code++) {
                int value = table[at++] & 0xff;
                codes[value] = (short) code;
                lengths[value] = (byte) length;
            }
        }
    }

    void write(JpegBits bits, int value) {
        bits.write(codes[value] & 0xffff, lengths[value]);
    }
}
