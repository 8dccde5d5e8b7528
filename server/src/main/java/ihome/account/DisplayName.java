package ihome.account;

import ihome.platform.http.Fields;
import ihome.platform.text.TextRule;

/** The name that others see: a line of 1 to 32 characters ({@link TextRule}). No two accounts have names that look alike. */
record DisplayName(String text) {
    private static final int LONGEST = 32;

    /** Reads the field {@code name}. Fails with PARAMERR. */
    static DisplayName read(Fields fields) {
        return new DisplayName(fields.line("name", 1, LONGEST));
    }

    /** What names that look alike have in common. */
    String skeleton() {
        return TextRule.skeleton(text);
    }
}
