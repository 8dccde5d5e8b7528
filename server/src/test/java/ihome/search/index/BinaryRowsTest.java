package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** PostgreSQL's binary COPY format, written out by hand as its documentation has it; what PostgreSQL sends is read by the index's tests. */
class BinaryRowsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    BinaryRowsTest() throws IOException {
        out.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0});
        out.writeInt(0);
        out.writeInt(0);
    }

    private BinaryRows rows(int fields) throws IOException {
        return new BinaryRows(new ByteArrayInputStream(bytes.toByteArray()), fields);
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private void number(long number) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(number);
    }

    @Test
    void everyKindOfField() throws IOException {
        out.writeShort(5);
        number(-7);
        out.writeInt(Integer.BYTES);
        out.writeInt(42);
        text("院子");
        out.writeInt(-1);
        number(1_000_001);
        out.writeShort(-1);
        try (BinaryRows rows = rows(5)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.longField()).isEqualTo(-7);
            assertThat(rows.intField()).isEqualTo(42);
            assertThat(rows.text()).isEqualTo("院子");
            assertThat(rows.textOrNull()).isNull();
            assertThat(rows.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:01.000001Z"));
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void fieldsLargerThanTheBuffer() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            many.append((char) (i % 0x800));
        }
        String large = "一二三".repeat(30_000);
        for (int row = 0; row < 3; row++) {
            out.writeShort(3);
            number(row);
            text(many.toString());
            text(large);
        }
        out.writeShort(-1);
        try (BinaryRows rows = rows(3)) {
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.longField()).isEqualTo(row);
                StringBuilder read = new StringBuilder();
                rows.eachCharacter(character -> read.append((char) character));
                assertThat(read).hasToString(many.toString());
                assertThat(rows.text()).isEqualTo(large);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void whatIsNotAsExpectedIsRefused() throws IOException {
        out.writeShort(2);
        out.writeInt(-1);
        text("一");
        try (BinaryRows rows = rows(3)) {
            assertThatThrownBy(rows::next).hasMessage("a row of 2 fields, not 3");
        }
        try (BinaryRows rows = rows(2)) {
            rows.next();
            assertThatThrownBy(rows::text).hasMessage("a field is null");
            assertThatThrownBy(() -> rows.eachCharacter(character -> {}))
                    .hasMessage("a character of more than two bytes");
        }
        try (BinaryRows rows = rows(2)) {
            rows.next();
            assertThatThrownBy(() -> rows.eachCharacter(character -> {})).hasMessage("a field is null");
        }
        try (BinaryRows rows = rows(2)) {
            rows.next();
            assertThatThrownBy(rows::longField).hasMessage("a field of -1 bytes, not 8");
        }
        byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
        try (BinaryRows rows = new BinaryRows(new ByteArrayInputStream(cut), 2)) {
            rows.next();
            assertThat(rows.textOrNull()).isNull();
            assertThatThrownBy(() -> rows.eachCharacter(character -> {})).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> new BinaryRows(new ByteArrayInputStream(new byte[40]), 2))
                .hasMessage("not PostgreSQL's binary COPY format");
    }
}
