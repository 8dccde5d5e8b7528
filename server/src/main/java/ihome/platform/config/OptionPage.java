package ihome.platform.config;

import ihome.platform.config.Option.Kind;
import java.util.List;
import java.util.Locale;

/** The page of all options, made from their declarations: as plain text for a terminal, and as Markdown. */
public final class OptionPage {
    private static final int WIDTH = 100;
    private static final String INDENT = "      ";

    private OptionPage() {}

    /** For a terminal, at most 100 columns wide. */
    public static String text(List<Option> options) {
        StringBuilder page = new StringBuilder();
        String section = "";
        for (Option option : options) {
            if (!option.section().equals(section)) {
                section = option.section();
                page.append('\n').append(section).append(":\n");
            }
            page.append("  ").append(names(option));
            if (!option.fallback().isEmpty()) {
                page.append("  (default ").append(option.fallback()).append(')');
            }
            page.append('\n');
            wrap(page, option.help() + " (" + option.form() + ").");
        }
        return page.toString();
    }

    /** A table for each section. */
    public static String markdown(List<Option> options) {
        StringBuilder page = new StringBuilder();
        String section = "";
        for (Option option : options) {
            if (!option.section().equals(section)) {
                section = option.section();
                page.append("\n## ").append(section).append("\n\n");
                page.append("| option | variable | form | default | what it is for |\n|---|---|---|---|---|\n");
            }
            page.append("| ").append(option.kind() == Kind.LAUNCHER ? "" : "`--" + option.name() + "`");
            page.append(" | `").append(option.variable()).append('`');
            if (option.kind() == Kind.SECRET) {
                page.append(" or `").append(option.fileVariable()).append('`');
            }
            page.append(" | ").append(option.form()).append(" | ");
            page.append(option.fallback().isEmpty() ? "" : "`" + option.fallback() + "`");
            page.append(" | ").append(option.help().replace("|", "\\|") + ".").append(" |\n");
        }
        return page.toString();
    }

    /** The effective values with where each comes from, secrets redacted. */
    public static String values(List<Option> options) {
        StringBuilder page = new StringBuilder();
        String section = "";
        for (Option option : options) {
            if (!option.section().equals(section)) {
                section = option.section();
                page.append(page.isEmpty() ? "# " : "\n# ").append(section).append('\n');
            }
            page.append(String.format(
                    Locale.ROOT, "%-44s # %s%n", option.variable() + "=" + option.value(), option.origin()));
        }
        return page.toString();
    }

    /**
     * The values that are not the defaults, in the form of the configuration file, with where each comes from and what it is
     * used in place of.
     */
    public static String given(List<Option> options) {
        StringBuilder page = new StringBuilder();
        for (Option option : options) {
            if (option.source() != Option.Source.DEFAULT) {
                String others = option.overridden().isEmpty()
                        ? ""
                        : ", in place of " + String.join(" and ", option.overridden());
                page.append(String.format(
                        Locale.ROOT, "%-40s # %s%s%n", option.name() + ": " + option.value(), option.origin(), others));
            }
        }
        return page.toString();
    }

    private static String names(Option option) {
        return switch (option.kind()) {
            case PLAIN -> "--" + option.name() + " VALUE, " + option.variable();
            case FLAG -> "--" + option.name() + ", " + option.variable();
            case SECRET -> option.variable() + ", " + option.fileVariable();
            case LAUNCHER -> option.variable();
        };
    }

    private static void wrap(StringBuilder page, String text) {
        int column = 0;
        for (String word : text.strip().split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                page.append('\n');
                column = 0;
            }
            page.append(column == 0 ? INDENT : " ").append(word);
            column += (column == 0 ? INDENT.length() : 1) + word.length();
        }
        page.append('\n');
    }
}
