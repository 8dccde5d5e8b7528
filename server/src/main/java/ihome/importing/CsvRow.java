package ihome.importing;

import java.util.List;

/**
 * A row of a CSV file, or what stands where one should be.
 *
 * @param line the line of the file it begins in, from 1
 * @param fields empty where it is none
 * @param start the beginning of its text, to tell people what is wrong
 * @param problem why it is none; empty for a row
 */
record CsvRow(long line, List<String> fields, String start, String problem) {
    private static final int SHOWN = 60;

    static CsvRow of(long line, List<String> fields) {
        return new CsvRow(line, fields, "", "");
    }

    static CsvRow bad(long line, String text, String problem) {
        return new CsvRow(line, List.of(), text.substring(0, Math.min(SHOWN, text.length())), problem);
    }

    boolean isBad() {
        return !problem.isEmpty();
    }
}
