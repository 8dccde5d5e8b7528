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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

    private void array(int flag, int... numbers) throws IOException {
        out.writeInt(5 * Integer.BYTES + numbers.length * 2 * Integer.BYTES);
        for (int head : new int[] {1, flag, 1082, numbers.length, 1}) {
            out.writeInt(head);
        }
        for (int number : numbers) {
            out.writeInt(Integer.BYTES);
            out.writeInt(number);
        }
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
        assertThat(BinaryRows.days(LocalDate.of(2000, 1, 31))).isEqualTo(30);
        assertThat(BinaryRows.days(LocalDate.of(1999, 12, 31))).isEqualTo(-1);
    }

    @Test
    void fieldsLargerThanTheBuffer() throws IOException {
        int[] many = new int[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = i - 5;
        }
        String large = "一二三".repeat(30_000);
        for (int row = 0; row < 3; row++) {
            out.writeShort(3);
            number(row);
            array(0, many);
            text(large);
        }
        out.writeShort(-1);
        try (BinaryRows rows = rows(3)) {
            for (int row = 0; row < 3; row++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.longField()).isEqualTo(row);
                List<Integer> read = new ArrayList<>();
                rows.eachInt(read::add);
                assertThat(read).hasSize(many.length).startsWith(-5, -4).endsWith(many[many.length - 1]);
                assertThat(rows.text()).isEqualTo(large);
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void whatIsNotAsExpectedIsRefused() throws IOException {
        out.writeShort(2);
        out.writeInt(-1);
        array(1, 3);
        try (BinaryRows rows = rows(3)) {
            assertThatThrownBy(rows::next).hasMessage("a row of 2 fields, not 3");
        }
        try (BinaryRows rows = rows(2)) {
            rows.next();
            assertThatThrownBy(rows::text).hasMessage("a field is null");
            assertThatThrownBy(() -> rows.eachInt(number -> {})).hasMessageContaining("without nulls");
        }
        try (BinaryRows rows = rows(2)) {
            rows.next();
            assertThatThrownBy(rows::longField).hasMessage("a field of -1 bytes, not 8");
        }
        byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
        try (BinaryRows rows = new BinaryRows(new ByteArrayInputStream(cut), 2)) {
            rows.next();
            assertThat(rows.textOrNull()).isNull();
            assertThatThrownBy(() -> rows.eachInt(number -> {})).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> new BinaryRows(new ByteArrayInputStream(new byte[40]), 2))
                .hasMessage("not PostgreSQL's binary COPY format");
    }
}
