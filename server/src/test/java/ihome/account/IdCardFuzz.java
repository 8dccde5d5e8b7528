package ihome.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import ihome.platform.problem.BusinessException;
import ihome.platform.text.TextRule;
import ihome.verification.Mobile;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Any text as an identity number, a mobile and a name: a refusal, or something that shows no more than it may. */
public final class IdCardFuzz {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");

    private IdCardFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        try {
            String masked = IdCard.parse(text, TODAY).masked();
            if (!masked.matches("[0-9]{3}\\*{11}[0-9]{3}[0-9X]")) {
                throw new IllegalStateException("not masked");
            }
        } catch (BusinessException refused) {
            // As most are.
        }
        try {
            if (!Mobile.parse(text).digits().matches("1[3-9][0-9]{9}")) {
                throw new IllegalStateException("no mobile");
            }
        } catch (BusinessException refused) {
            // As most are.
        }
        try {
            String name = TextRule.line("name", text, 1, 32);
            if (!TextRule.line("name", name, 1, 32).equals(name)) {
                throw new IllegalStateException("a name that cannot be saved again");
            }
        } catch (BusinessException refused) {
            // As some are.
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "11010519491231002X",
                        "110105194912310021",
                        "110105202702290029",
                        "１１０１０５１９４９１２３１００２",
                        "13811223344",
                        "胡同里的阿明")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
