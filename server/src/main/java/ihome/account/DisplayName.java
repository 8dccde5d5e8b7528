package ihome.account;

import ihome.platform.text.TextRule;

/** The name that others see: a line of 1 to 32 characters ({@link TextRule}). No two accounts have names that look alike. */
record DisplayName(String text) {
    /** What names that look alike have in common. */
    String skeleton() {
        return TextRule.skeleton(text);
    }
}
