package ihome.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a CSV file (RFC 4180) of which some may be damaged: a quote too many costs the row that it stands in and not what
 * follows. A row ends where its quotes are paired. Where that gives no row of the header's width, its first line alone is
 * tried, and reading goes on with the line after that.
 */
final class CsvRows {
    /** Characters of a row; the longest of real files are some 20,000. */
    static final int LONGEST_ROW = 256 * 1024;
    /** Lines of a row. It bounds how often a line is read again after a stray quote. */
    private static final int MOST_LINES = 500;

    private final Reader in;
    /** Lines that were read ahead, with the ends they have. */
    private final ArrayDeque<String> ahead = new ArrayDeque<>();

    private long line = 1;
    private int width;
    private int pushedBack = -2;

    CsvRows(Reader in) {
        this.in = in;
    }

    /** The next row; blank lines are passed over. Null at the end. */
    @Nullable
    CsvRow next() throws IOException {
        while (true) {
            String first = line();
            if (first == null) {
                return null;
            }
            if (first.isBlank()) {
                line++;
                continue;
            }
            CsvRow row = row(first);
            width = width == 0 ? row.fields().size() : width;
            return row;
        }
    }

    private CsvRow row(String first) throws IOException {
        long begin = line;
        List<String> lines = new ArrayList<>(List.of(first));
        boolean paired = isPaired(first, true);
        int length = first.length();
        while (!paired && length <= LONGEST_ROW && lines.size() < MOST_LINES) {
            String more = line();
            if (more == null) {
                break;
            }
            lines.add(more);
            length += more.length();
            paired = isPaired(more, false);
        }
        if (paired && length <= LONGEST_ROW) {
            List<String> fields = fields(String.join("", lines));
            boolean whole = !fields.isEmpty() && (width == 0 || fields.size() == width || lines.size() == 1);
            if (whole) {
                line += lines.size();
                return CsvRow.of(begin, fields);
            }
        }
        lines.removeFirst();
        lines.reversed().forEach(ahead::addFirst);
        line++;
        List<String> alone = first.length() <= LONGEST_ROW ? fields(first) : List.of();
        if (alone.size() == width && width > 0) {
            return CsvRow.of(begin, alone);
        }
        String problem = first.length() > LONGEST_ROW || length > LONGEST_ROW
                ? "the row is longer than " + LONGEST_ROW + " characters, or a quote is not closed"
                : "a quote is not closed, or stands where none may";
        return CsvRow.bad(begin, first, problem);
    }

    /** @param outside whether the line begins outside of quotes */
    private static boolean isPaired(String text, boolean outside) {
        return (text.chars().filter(c -> c == '"').count() % 2 == 0) == outside;
    }

    /** The fields of a text that is one row; empty where it is none, or more. */
    private static List<String> fields(String text) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            List<List<String>> rows = reader.stream().map(CsvRecord::getFields).toList();
            return rows.size() == 1 ? rows.getFirst() : List.of();
        } catch (CsvParseException | IOException damaged) {
            return List.of();
        }
    }

    /** With its end; of one that is too long, the beginning. Null at the end of the file. */
    private @Nullable String line() throws IOException {
        if (!ahead.isEmpty()) {
            return ahead.removeFirst();
        }
        StringBuilder text = new StringBuilder();
        while (true) {
            int c = read();
            if (c < 0) {
                return text.isEmpty() ? null : text.toString();
            }
            if (text.length() <= LONGEST_ROW + 1 || c == '\n') {
                text.append((char) c);
            }
            if (c == '\n') {
                return text.toString();
            }
            if (c == '\r') {
                int next = read();
                if (next == '\n') {
                    text.append('\n');
                } else {
                    pushedBack = next;
                }
                return text.toString();
            }
        }
    }

    private int read() throws IOException {
        if (pushedBack == -2) {
            return in.read();
        }
        int c = pushedBack;
        pushedBack = -2;
        return c;
    }
}
